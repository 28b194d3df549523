import Documents
import Schemas

/// What must be true of the violations of a case.
struct Assertion: Sendable {
    enum Count: Sendable {
        case some, none
        case exactly(Int)
        /// Something that is no count.
        case malformed

        /// `yes`, `no` or a number; YAML readers take the words for booleans or texts.
        init(_ value: Value) {
            switch value.kind {
            case .undefined, .null: self = .some
            case .bool: self = value.isTrue ? .some : .none
            case .string where value.string == "yes": self = .some
            case .string where value.string == "no": self = .none
            default:
                guard let number = value.integerValue, number >= 0, value.isNumber else {
                    self = .malformed
                    return
                }
                self = .exactly(Int(clamping: number))
            }
        }
    }

    let expected: Count
    /// What the message of a violation must match to count; nil to count all.
    let message: Pattern?

    /// Why it does not hold; nil when it does.
    func problem(_ messages: [String]) -> String? {
        if let message, !message.isUsable { return "\"\(message.text)\" is no regular expression" }
        let count = messages.count { message?.matches($0) ?? true }
        let what = message.map { " containing \"\($0.text)\"" } ?? ""
        let wanted: String
        switch expected {
        case .some:
            if count > 0 { return nil }
            wanted = "at least 1"
        case .none:
            if count == 0 { return nil }
            wanted = "none"
        case .exactly(let number):
            if count == number { return nil }
            wanted = "exactly \(number)"
        case .malformed: return "violations is a number that is not negative, \"yes\" or \"no\""
        }
        return "unexpected number of violations: got \(count) violations\(what) but want \(wanted): "
            + "got messages [\(messages.joined(separator: " "))]"
    }
}
