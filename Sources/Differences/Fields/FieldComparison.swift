import Documents
import Inputs
import Judging
import Schemas
import Text

/// Compares two objects field by field.
struct FieldComparison {
    /// How the fields of a kind that servers write are told.
    struct Rules {
        /// Whether fields that only the second object has count when they say what the server fills in.
        var knowsServer = false
        /// Whether objects may live in other namespaces.
        var ignoresNamespace = false
        /// Whether a field of the second object is written by servers and controllers.
        var isIgnored: (_ path: [FieldStep], _ old: Value, _ new: Value) -> Bool = { _, _, _ in false }
    }

    private let old: Resource
    private let new: Resource
    private let oldScreen: SecretScreen
    private let newScreen: SecretScreen
    private let oldPlaces: PlaceFinder
    private let newPlaces: PlaceFinder
    let rules: Rules
    private(set) var changes = FieldChanges()
    var steps: [FieldStep] = []

    /// More changes of one object are counted only.
    private static let mostChanges = 1000

    init(_ old: Resource, _ new: Resource, rules: Rules = Rules()) {
        (self.old, self.new, self.rules) = (old, new, rules)
        (oldScreen, newScreen) = (SecretScreen(old), SecretScreen(new))
        (oldPlaces, newPlaces) = (PlaceFinder(resource: old), PlaceFinder(resource: new))
    }

    /// The fields that differ.
    static func changes(
        from old: Resource, to new: Resource, types: TypeSource, rules: Rules = Rules()
    ) -> FieldChanges {
        if !rules.knowsServer, old.value == new.value { return FieldChanges() }
        var comparison = FieldComparison(old, new, rules: rules)
        comparison.compare(old.value, new.value, types.shape(of: new.value))
        return comparison.changes
    }

    // MARK: Values

    mutating func compare(_ old: Value, _ new: Value, _ shape: FieldShape) {
        if old.isDefined, new.isDefined, old.isIdentical(to: new) { return }
        let (isOldAbsent, isNewAbsent) = (old.isAbsent, new.isAbsent)
        if isOldAbsent, isNewAbsent { return }
        if rules.knowsServer, isByServer(old, new, shape) {
            if old != new { changes.ignored += 1 }
            return
        }
        // What the server makes of nothing is compared member by member.
        let (fits, others) = (rules.knowsServer && (isOldAbsent || isNewAbsent), (old.kind, new.kind))
        if others == (.object, .object) || fits && (old.kind == .object || new.kind == .object) {
            if !(isOldAbsent && shape.isMap && new.count > 8) { return compareMembers(old, new, shape) }
        }
        if old.kind == .array, new.kind == .array { return compareItems(old, new, shape) }
        if old == new { return }
        if shape.isQuantity, FieldMeaning.isSameAmount(old, new) { return }
        report(isOldAbsent ? .added : isNewAbsent ? .removed : .changed, old, new)
    }

    private mutating func compareMembers(_ old: Value, _ new: Value, _ shape: FieldShape) {
        for name in Self.names(old, new) {
            if rules.ignoresNamespace, name == "namespace", steps == [.member("metadata")] { continue }
            steps.append(.member(name))
            compare(old.field(named: name), new.field(named: name), shape.member(name))
            steps.removeLast()
        }
    }

    /// The names of the members of both, sorted.
    private static func names(_ old: Value, _ new: Value) -> [String] {
        var names: [String] = [], known: Set<String> = []
        for value in [old, new] where value.kind == .object {
            for key in value.keys {
                guard let name = key.stringValue, known.insert(name).inserted else { continue }
                names.append(name)
            }
        }
        return old.kind == .object && new.kind == .object
            ? names.sorted { ExactText.precedes($0, $1) } : names
    }

    /// Whether a difference is one that servers and controllers make.
    private func isByServer(_ old: Value, _ new: Value, _ shape: FieldShape) -> Bool {
        if rules.isIgnored(steps, old, new) { return true }
        let standing = shape.defaultValue
        if old.isAbsent { return new.isNothing || standing.isDefined && standing == new }
        // What is empty or zero is often left out where it is stored.
        if new.isAbsent { return old.isNothing || old.isFalse || old.intValue == 0 || standing.isDefined && standing == old }
        return false
    }

    // MARK: Changes

    /// Notes that the field at the present steps differs.
    mutating func report(_ kind: FieldChange.Kind, _ old: Value, _ new: Value) {
        if changes.list.count >= Self.mostChanges {
            changes.omitted += 1
            return
        }
        let (oldPath, newPath) = (FieldStep.path(steps, isOld: true), FieldStep.path(steps, isOld: false))
        var change = FieldChange(kind, path: FieldStep.text(steps), oldPath: oldPath, newPath: newPath)
        if old.isDefined, kind != .added {
            change.old = oldScreen.shown(old, at: oldPath)
            change.oldPlace = place(oldPath, self.old, oldPlaces)
        }
        if new.isDefined, kind != .removed {
            change.new = newScreen.shown(new, at: newPath)
            change.newPlace = place(newPath, self.new, newPlaces)
        }
        if case .text(let before)? = change.old, case .text(let after)? = change.new,
            before.contains("\n") || after.contains("\n")
        {
            change.lines = LineComparison.changes(before, after)
            let all = LineComparison.changes(old.stringValue ?? "", new.stringValue ?? "").count
            change.hiddenLines = max(0, all - change.lines.count)
        }
        changes.list.append(change)
    }

    /// Counts a difference that servers and controllers make.
    mutating func noteIgnored() { changes.ignored += 1 }

    /// Notes that the items of a list stand in another order.
    mutating func reportOrder(_ old: [String], _ new: [String]) {
        report(.reordered, .undefined, .undefined)
        guard changes.list.last?.kind == .reordered, changes.list.last?.old == nil else { return }
        let index = changes.list.count - 1
        changes.list[index].old = .list(old.map { .text(oldScreen.shown(line: $0)) })
        changes.list[index].new = .list(new.map { .text(newScreen.shown(line: $0)) })
        changes.list[index].oldPlace = place(changes.list[index].oldPath, self.old, oldPlaces)
        changes.list[index].newPlace = place(changes.list[index].newPath, self.new, newPlaces)
    }

    private func place(_ path: DocumentPath, _ resource: Resource, _ places: PlaceFinder) -> SourcePlace? {
        let span = resource.document.place(at: path, keepsMissingSteps: false)
        guard span.path == path, resource.document.range(span.span) != nil else { return nil }
        return places.location(of: path)
    }
}

/// A step to a field of two objects.
enum FieldStep: Hashable {
    case member(String)
    /// An item of a list: how it is called, and its number in both, nil where it is absent.
    case item(label: String, old: Int?, new: Int?)

    static func path(_ steps: [FieldStep], isOld: Bool) -> DocumentPath {
        DocumentPath(
            steps.map { step in
                switch step {
                case .member(let name): .key(name)
                case .item(_, let old, let new): .index((isOld ? old : new) ?? Int.max)
                }
            })
    }

    static func text(_ steps: [FieldStep]) -> String {
        var text = ""
        for step in steps {
            switch step {
            case .item(let label, _, _): text += "[\(label)]"
            case .member(let name):
                let part = DocumentPath([.key(name)]).fieldPath
                text += text.isEmpty || part.hasPrefix("[") ? part : "." + part
            }
        }
        return text
    }

    var name: String? { if case .member(let name) = self { name } else { nil } }
}

extension Value {
    /// Undefined or null: the API server drops members that are null.
    var isAbsent: Bool { kind == .undefined || kind == .null }

    /// Absent or empty.
    var isNothing: Bool {
        switch kind {
        case .undefined, .null: true
        case .string, .array, .object: count == 0
        default: false
        }
    }
}
