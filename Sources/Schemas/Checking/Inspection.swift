import Documents

/// One look at one object for one release: where the rules are in it, and what they found.
final class Inspection {
    /// A step from a node to one of its children.
    struct Link {
        var parent: Int32
        /// The number of an element, or -1 where `key` counts.
        var index: Int32
        var key: Value
    }

    /// Findings for one object after which the rest is not told.
    static let limit = 100

    let document: Document
    let release: Release
    @exclusivity(unchecked) private var links: [Link] = []
    private(set) var faults: [Fault] = []

    /// Keys of fields that the object does not have.
    private var arena: Arena?
    /// Whether only the number of findings matters.
    let isTrial: Bool
    /// How many comparisons with custom schemas are left, for the object and all trials with parts of it.
    private let budget: Budget

    private final class Budget {
        var left: Int
        init(_ left: Int) { self.left = left }
    }

    /// An object of the largest size that the server takes needs a tenth of them.
    static let comparisons = 2_000_000

    /// - Parameter comparisons: how many comparisons with custom schemas are made at most.
    convenience init(_ document: Document, release: Release, comparisons: Int = Inspection.comparisons) {
        self.init(document, release: release, isTrial: false, budget: Budget(comparisons))
    }

    private init(_ document: Document, release: Release, isTrial: Bool, budget: Budget) {
        self.document = document
        self.release = release
        self.isTrial = isTrial
        self.budget = budget
        if !isTrial { links.reserveCapacity(256) }
    }

    deinit { arena?.destroy() }

    /// An inspection of the same object whose findings nobody sees.
    func trial() -> Inspection { Inspection(document, release: release, isTrial: true, budget: budget) }

    /// Takes one comparison; false when none is left.
    func spend() -> Bool {
        budget.left -= 1
        return budget.left >= 0
    }

    /// Tells of an object that was not compared to its end: it must not pass for sound.
    func reportExhaustion() {
        if budget.left >= 0 { return }
        let place = document.place(at: DocumentPath([]))
        faults.append(
            Fault(
                rule: .tooLong, path: DocumentPath([]), span: document.range(place.span) == nil ? nil : place.span,
                message: "the schema of the kind has so many alternatives that the object was not compared with all of it"))
    }

    /// A key with this text, valid as long as the inspection.
    func key(_ name: String) -> Value {
        let arena = arena ?? Arena.make(capacity: 1024)
        self.arena = arena
        return arena.string(name)
    }

    var root: Node { Node(inspection: self, value: document.root, link: -1) }
    var isFull: Bool { faults.count >= Self.limit }

    /// Sets where the next rules begin; their nodes are gone.
    func forgetNodes() { links.removeAll(keepingCapacity: true) }

    func link(_ parent: Int32, key: Value) -> Int32 {
        links.append(Link(parent: parent, index: -1, key: key))
        return Int32(truncatingIfNeeded: links.count - 1)
    }

    func link(_ parent: Int32, index: Int) -> Int32 {
        links.append(Link(parent: parent, index: Int32(truncatingIfNeeded: index), key: .undefined))
        return Int32(truncatingIfNeeded: links.count - 1)
    }

    func path(_ link: Int32) -> DocumentPath {
        var steps: [DocumentPath.Step] = []
        var next = link
        while next >= 0 {
            let link = links[Int(next)]
            steps.append(link.index >= 0 ? .index(Int(link.index)) : .key(link.key.string))
            next = link.parent
        }
        steps.reverse()
        return DocumentPath(steps)
    }

    /// Whether the caret belongs under the key, not the value.
    enum Part { case key, value }

    func report(
        _ rule: Fault.Rule, _ path: DocumentPath, at part: Part, _ message: String, hint: String? = nil, meant: String? = nil
    ) {
        if isFull { return }
        if isTrial {
            faults.append(Fault(rule: rule, path: path, span: nil, message: message, hint: hint, meant: meant))
            return
        }
        let place = document.place(at: path)
        let isThere = document.value(at: path).isDefined
        let span = part == .key || !isThere ? place.keySpan ?? place.span : place.span
        faults.append(
            Fault(
                rule: rule, path: path, span: document.range(span) == nil ? nil : span, message: message, hint: hint,
                meant: meant))
    }

    /// Reports a path whose value is written at another place of the manifest.
    func report(
        _ rule: Fault.Rule, _ path: DocumentPath, standingAt place: DocumentPath, _ message: String, hint: String?
    ) {
        report(rule, place, at: .value, message, hint: hint)
        if faults.last?.path == place { faults[faults.count - 1].path = path }
    }

    /// Drops findings of the rules at places where the shape's own check has one of the same kind.
    func dropRepetitions(from start: Int) {
        guard start > 0, faults.count > start else { return }
        let told = Set(faults[..<start].filter { $0.rule == .unsupportedValue }.map(\.path))
        if told.isEmpty { return }
        faults = faults[..<start] + faults[start...].filter { $0.rule != .unsupportedValue || !told.contains($0.path) }
    }

    /// Drops findings about missing fields beside an unknown one that is spelled much like them.
    func dropAnswered(by causes: [DocumentPath], from start: Int) {
        if causes.isEmpty { return }
        faults =
            faults[..<start]
            + faults[start...].filter { fault in
                guard fault.rule == .missingField, case .key(let missing) = fault.path.steps.last else { return true }
                return !causes.contains { cause in
                    guard case .key(let written) = cause.steps.last,
                        cause.steps.dropLast() == fault.path.steps.dropLast()
                    else {
                        return false
                    }
                    return Nearest.name(to: written, among: [missing]) != nil
                }
            }
    }

    /// Drops what follows from a mistake already told: findings beside or below it, and at what holds it.
    func dropConsequences(of causes: [DocumentPath], from start: Int) {
        if causes.isEmpty { return }
        let scopes = causes.map { $0.steps.dropLast() }
        var kept = Array(faults[..<start])
        for fault in faults[start...] {
            let steps = fault.path.steps
            let isConsequence = scopes.contains { scope in
                steps.starts(with: scope) || scope.starts(with: steps)
            }
            if !isConsequence { kept.append(fault) }
        }
        faults = kept
    }
}
