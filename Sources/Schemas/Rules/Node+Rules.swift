import Documents

/// Checks that many kinds share. Values of the wrong type pass: they are told apart by `StructureCheck`.
extension Node {
    typealias NameForm = (UnsafeBufferPointer<UInt8>) -> String?

    /// Reports a text that does not have the form; absent text passes.
    func mustBe(_ form: NameForm, hint: String? = nil) {
        guard value.kind == .string, value.count > 0, let problem = form(value.utf8) else { return }
        invalid("\(name) is \(Wording.quoted(value.string)), but it \(Self.phrase(problem))", hint: hint)
    }

    /// Reports an absent or empty text, or one that does not have the form.
    func mustExist(as form: NameForm? = nil, hint: String? = nil) {
        if isEmptyText { return missing(hint: hint) }
        if let form { mustBe(form) }
    }

    static func phrase(_ problem: String) -> String {
        problem.hasPrefix("must") || problem.hasPrefix("may") || problem.hasPrefix("has")
            ? problem : "is wrong: \(problem)"
    }

    func mustNotBeNegative() { mustBeAtLeast(0) }

    func mustBeAtLeast(_ least: Int64) {
        if let integer, integer < least { invalid("\(name) is \(integer), but must be \(least) or more") }
    }

    func mustBe(in range: ClosedRange<Int64>) {
        guard let integer, !range.contains(integer) else { return }
        invalid("\(name) is \(integer), but must be from \(range.lowerBound) to \(range.upperBound)")
    }

    /// A number of a port.
    func mustBePort() { mustBe(in: 1...65535) }

    /// A number of a port or the name of one.
    func mustBePortOrName() {
        if value.kind == .string {
            if value.count == 0 { return missing() }
            let isNumber = value.utf8.allSatisfy { NameRule.isDigit($0) }
            mustBe(NameRule.portName, hint: isNumber ? "remove the quotes: \(value.string)" : nil)
        } else {
            mustBePort()
        }
    }

    /// A whole number of at least 0, or a percentage.
    func mustBeNumberOrPercentage(isAtMostAll: Bool = false) {
        if let integer, integer < 0 { return mustNotBeNegative() }
        guard value.kind == .string else { return }
        guard let percent = percentage else {
            return invalid(
                "\(name) is \(Wording.quoted(text)), but must be a whole number or a percentage",
                hint: "write 1 or \"25%\"")
        }
        if isAtMostAll, percent > 100 { invalid("\(name) is \(text), but may not be more than 100%") }
    }

    /// The number before the percent sign; nil for other text.
    var percentage: Int? {
        guard value.kind == .string, value.count > 1, value.count < 12, value.utf8.last == 0x25,
            value.utf8.dropLast().allSatisfy({ NameRule.isDigit($0) })
        else { return nil }
        return Int(text.dropLast())
    }

    /// Whether a number or percentage is 0; absent is not.
    var isZero: Bool { integer == 0 || percentage == 0 }

    /// The fields of a union that are set, in the order given.
    func setMembers(_ names: [StaticString]) -> [Node] {
        guard isObject else { return [] }
        return names.map { self[$0] }.filter(\.isSet)
    }

    /// Reports when not exactly one of the fields is set.
    func mustSetOne(of names: [StaticString], what: String) {
        guard isObject else { return }
        let members = setMembers(names)
        if members.isEmpty {
            let choice = Wording.choice(names.map { $0.description })
            return missing("\(name) needs \(what): \(choice)")
        }
        for member in members.dropFirst() {
            member.forbidden(
                "\(member.name) may not be set beside \(members[0].name): \(name) has one \(what) only",
                hint: "keep one of them")
        }
    }

    /// The amount; nil where there is none.
    var quantity: Quantity? {
        if let number = value.intValue { return Quantity(number) }
        return value.kind == .string || value.kind == .decimal ? Quantity(value.utf8) : nil
    }

    /// Reports elements of a list that are there twice.
    func mustNotRepeat(_ what: String, in seen: inout Set<Value>) {
        guard value.kind == .string, value.count > 0 else { return }
        if !seen.insert(value).inserted { duplicate("\(what) \(Wording.quoted(value.string)) is there twice") }
    }

    /// Reports a path that is absolute or climbs.
    func mustBeRelativePath() {
        guard value.kind == .string else { return }
        if text.hasPrefix("/") { return invalid("\(name) is \(Wording.quoted(text)), but must be a relative path") }
        mustNotClimb()
    }

    /// Reports a path with `..` in it.
    func mustNotClimb() {
        guard value.kind == .string else { return }
        if text.split(separator: "/").contains("..") {
            invalid("\(name) is \(Wording.quoted(text)), but may not contain '..'")
        }
    }
}
