import RegoSyntax

/// The name of a test: the part of a rule's ref up to the first name that starts with `test_` or `todo_test_`.
struct TestName {
    /// Number of terms of the ref that make up the name.
    let length: Int
    /// As `test_allow`, `helpers.test_allow`.
    let text: String
    let isTodo: Bool

    /// Nil for a ref without such a name.
    init?(_ ref: Ref) {
        for (index, term) in ref.terms.enumerated() {
            guard let part = term.stringOrVarName, index == 0 || !term.isVar else { return nil }
            guard part.hasPrefix("test_") || part.hasPrefix("todo_test_") else { continue }
            length = index + 1
            text = ref.terms[...index].compactMap(\.stringOrVarName).joined(separator: ".")
            isTodo = part.hasPrefix("todo_test_")
            return
        }
        return nil
    }
}

extension Term {
    fileprivate var isVar: Bool {
        if case .var = value { return true }
        return false
    }
}
