package import Documents
import Inputs
import Schemas

/// A suite of tests of Gatekeeper's policies (`test.gatekeeper.sh/v1alpha1`), as `gator verify` runs them.
package struct Suite: Sendable {
    static let group = "test.gatekeeper.sh"

    /// A template with a constraint, and the cases they are to judge.
    package struct Test: Sendable {
        package var name: String
        var template: String
        var constraint: String
        var expansion: String
        /// Whether the schema of the template must refuse the constraint.
        var isInvalid: Bool
        var isSkipped: Bool
        var cases: [Case]
    }

    /// An object, what is in the cluster beside it, and what must come out.
    package struct Case: Sendable {
        package var name: String
        var object: String
        var inventory: [String]
        var isSkipped: Bool
        var assertions: [Assertion]
    }

    /// The file that holds it.
    package let path: String
    let isSkipped: Bool
    let tests: [Test]

    /// Why a document is no suite, in words.
    package struct Malformed: Error, Sendable { package var message: String }

    /// Whether a document says that it is a suite.
    static func isSuite(_ root: Value) -> Bool {
        let version = root.field("apiVersion").stringValue ?? ""
        return root.field("kind").stringValue == "Suite" && version.hasPrefix(group + "/")
    }

    /// - Throws: what is wrong with it.
    package init(_ root: Value, path: String) throws(Malformed) {
        self.path = path
        let reader = SuiteReader()
        try reader.check(root, among: ["apiVersion", "kind", "metadata", "skip", "tests"], of: "a suite")
        isSkipped = try reader.flag(root, "skip")
        var tests: [Test] = []
        for test in try reader.list(root, "tests") {
            let keys = ["name", "template", "constraint", "expansion", "invalid", "skip", "cases"]
            try reader.check(test, among: keys, of: "a test")
            var cases: [Case] = []
            for item in try reader.list(test, "cases") { cases.append(try reader.testCase(item)) }
            tests.append(
                Test(
                    name: try reader.text(test, "name"), template: try reader.text(test, "template"),
                    constraint: try reader.text(test, "constraint"), expansion: try reader.text(test, "expansion"),
                    isInvalid: try reader.flag(test, "invalid"), isSkipped: try reader.flag(test, "skip"), cases: cases))
        }
        self.tests = tests
    }
}

/// Reads the parts of a suite.
private struct SuiteReader {
    func check(_ value: Value, among names: [String], of what: String) throws(Suite.Malformed) {
        guard value.kind == .object else { throw Suite.Malformed(message: "\(what) is an object") }
        for key in value.keys where !names.contains(key.string) {
            throw Suite.Malformed(
                message: "\(what) has no field \"\(key.string)\"\(Suggestion.text(for: key.string, among: names))")
        }
    }

    func text(_ value: Value, _ name: String) throws(Suite.Malformed) -> String {
        let member = value.field(named: name)
        if member.isUndefined || member.kind == .null { return "" }
        guard let text = member.stringValue else { throw Suite.Malformed(message: "\(name) is a text") }
        return text
    }

    func flag(_ value: Value, _ name: String) throws(Suite.Malformed) -> Bool {
        let member = value.field(named: name)
        if member.isUndefined || member.kind == .null { return false }
        guard let flag = member.boolValue else { throw Suite.Malformed(message: "\(name) is true or false") }
        return flag
    }

    func list(_ value: Value, _ name: String) throws(Suite.Malformed) -> [Value] {
        let member = value.field(named: name)
        if member.isUndefined || member.kind == .null { return [] }
        guard member.kind == .array else { throw Suite.Malformed(message: "\(name) is a list") }
        return Array(member.elements)
    }

    func testCase(_ item: Value) throws(Suite.Malformed) -> Suite.Case {
        try check(item, among: ["name", "object", "inventory", "skip", "assertions"], of: "a case")
        var inventory: [String] = []
        for path in try list(item, "inventory") {
            guard let text = path.stringValue else { throw Suite.Malformed(message: "inventory is a list of paths") }
            inventory.append(text)
        }
        var assertions: [Assertion] = []
        for assertion in try list(item, "assertions") {
            try check(assertion, among: ["violations", "message"], of: "an assertion")
            let message = assertion.field("message")
            if message.isDefined, message.kind != .null, message.kind != .string {
                throw Suite.Malformed(message: "the message of an assertion is a text")
            }
            assertions.append(
                Assertion(
                    expected: Assertion.Count(assertion.field("violations")), message: message.stringValue.map { Pattern($0) }))
        }
        return Suite.Case(
            name: try text(item, "name"), object: try text(item, "object"), inventory: inventory,
            isSkipped: try flag(item, "skip"), assertions: assertions)
    }
}
