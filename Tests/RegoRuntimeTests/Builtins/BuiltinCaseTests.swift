import Testing

@Suite struct BuiltinCaseTests {
    /// Results and error texts of OPA 1.20.2, except where a comment in the file says otherwise.
    @Test(arguments: [
        "numbers", "collections", "strings", "sprintf", "regex", "glob", "misc", "corners", "types", "random-numbers",
        "random-text", "templates",
    ])
    func results(file: String) {
        let cases = CaseFile.cases(file)
        #expect(!cases.isEmpty, "no cases in \(file)")
        for (term, result) in cases {
            #expect(BuiltinCalls.result(of: term) == result, "\(term)")
        }
    }
}
