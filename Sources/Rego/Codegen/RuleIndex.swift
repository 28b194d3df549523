import Documents
import RegoRuntime

/// Definitions of one place told apart by the value of one reference: those that compare it with another constant
/// cannot succeed and are not tried.
struct RuleIndex {
    /// The reference that is compared: a constant path into the input or an argument.
    struct Subject: Hashable {
        /// Nil for the input.
        var argument: Int?
        var path: [Value]
    }

    /// The definitions that ask for one value.
    struct Group {
        var value: Value
        var members: [Int]
    }

    let subject: Subject
    private(set) var groups: [Group] = []
    /// Definitions that do not ask for a value of the subject.
    private(set) var rest: [Int] = []

    /// Passing over fewer costs no more than the look-up.
    private static let minimumCount = 3

    /// Nil when no reference tells enough of the definitions apart. A nil definition is never told apart.
    init?(_ definitions: [LoweredRule?], isEqualReplaceable: Bool) {
        guard definitions.count >= Self.minimumCount else { return nil }
        let conditions = definitions.map { definition in
            definition.map { Self.conditions(of: $0, isEqualReplaceable: isEqualReplaceable) } ?? []
        }
        var counts: [Subject: Int] = [:], order: [Subject] = []
        for condition in conditions {
            var told: Set<Subject> = []
            for (subject, _) in condition where told.insert(subject).inserted {
                if counts[subject] == nil { order.append(subject) }
                counts[subject, default: 0] += 1
            }
        }
        guard let best = order.max(by: { counts[$0]! < counts[$1]! }), counts[best]! >= Self.minimumCount else { return nil }
        subject = best
        var places: [Value: Int] = [:]
        for (index, condition) in conditions.enumerated() {
            guard let value = condition.first(where: { $0.subject == best })?.value else {
                rest.append(index)
                continue
            }
            if let place = places[value] {
                groups[place].members.append(index)
            } else {
                places[value] = groups.count
                groups.append(Group(value: value, members: [index]))
            }
        }
    }

    /// What must hold for the rule to succeed, as far as it compares a reference with a scalar.
    private static func conditions(
        of rule: LoweredRule, isEqualReplaceable: Bool
    ) -> [(subject: Subject, value: Value)] {
        var found: [(subject: Subject, value: Value)] = [], arguments: [VarID: Int] = [:]
        func note(_ subject: Subject?, _ value: Value) {
            if let subject, value.isDefined, !value.isCollection, value.kind != .node { found.append((subject, value)) }
        }
        for (index, pattern) in rule.arguments.enumerated() {
            switch pattern {
            case .constant(let value): note(Subject(argument: index, path: []), value)
            case .local(let id): arguments[id] = arguments[id] ?? index
            default: break
            }
        }
        func subject(_ term: CoreTerm) -> Subject? {
            switch term {
            case .local(let id): return arguments[id].map { Subject(argument: $0, path: []) }
            case .ref(let head, let path):
                var keys: [Value] = []
                for key in path {
                    guard case .constant(let key) = key else { return nil }
                    keys.append(key)
                }
                switch head {
                case .input: return Subject(argument: nil, path: keys)
                case .local(let id): return arguments[id].map { Subject(argument: $0, path: keys) }
                case .data, .term: return nil
                }
            default: return nil
            }
        }
        for expr in rule.body.exprs {
            let sides: (CoreTerm, CoreTerm)
            switch expr.kind {
            case .unify(let left, let right): sides = (left, right)
            case .call(.builtin("equal"), let operands, nil) where operands.count == 2 && !isEqualReplaceable:
                sides = (operands[0], operands[1])
            default: continue
            }
            if case .constant(let value) = sides.1 { note(subject(sides.0), value) }
            if case .constant(let value) = sides.0 { note(subject(sides.1), value) }
        }
        return found
    }
}

extension FunctionEmitter {
    /// Emits each definition through `content`, by its number, so that an index passes over those that cannot succeed.
    func definitions(_ lowered: [LoweredRule?], _ content: (Int) -> Void) {
        // Marks tell which definitions were looked at; they are all told then.
        guard !planner.options.isInstrumented,
            let index = RuleIndex(lowered, isEqualReplaceable: planner.isReplaceable(builtin: "equal"))
        else { return lowered.indices.forEach(content) }
        alternative {
            let rest = failure
            let path = index.subject.path.map { CoreTerm.constant($0) }
            let subject =
                index.subject.argument.map { follow(path[...], from: UInt32($0)) } ?? evaluate(.ref(.input, path))
            let labels = index.groups.map { _ in makeLabel() }
            dispatch(subject, Array(zip(index.groups.map(\.value), labels)))
            for (group, label) in zip(index.groups, labels) {
                place(label)
                group.members.forEach(content)
                jump(to: rest)
            }
        }
        index.rest.forEach(content)
    }
}
