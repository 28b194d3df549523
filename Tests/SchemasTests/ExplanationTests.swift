import Diagnostics
import Documents
import Schemas
import Testing

/// What findings say: the message alone must be enough.
struct ExplanationTests {
    private func first(_ text: String, release: Release? = nil) throws -> Fault {
        let document = try #require(YAMLReader().read(SourceFile(path: "m.yaml", text: text)).documents.first)
        let check = ObjectCheck(releases: release.map { ReleaseRange($0) })
        guard case .checked(let faults) = check.check(document) else { throw Missing() }
        return try #require(faults.first)
    }

    private struct Missing: Error {}

    private static func pod(_ container: String) -> String {
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: b, \(container)}\n"
    }

    @Test(arguments: [
        (
            "imagePullpolicy: Always", "unknown field \"imagePullpolicy\" in containers[0]",
            "names of fields are case-sensitive: write imagePullPolicy"
        ),
        ("volumes: []", "unknown field \"volumes\" in containers[0]", "volumes belongs under spec"),
        (
            "env: [{name: A, value: yes}]", "value takes text, and yes is a boolean",
            "put it in quotes: \"yes\"; YAML reads yes as a boolean"
        ),
        (
            "env: [{name: A, value: 1.20}]", "value takes text, and 1.20 is a number",
            "put it in quotes: \"1.20\"; YAML reads it as a number and may drop zeros"
        ),
        ("stdin: \"true\"", "stdin takes true or false, and \"true\" is text", "remove the quotes: true"),
        ("args: run", "args takes a list, and run is text", "begin the entry with a dash: - run"),
        (
            "resources: {limits: {memory: 64MB}}", "memory is \"64MB\", which is not a quantity",
            "units have no B: write M or Mi instead of MB"
        ),
        ("volumeMounts: [{name: tmp, mountPath: /tmp}]", "no volume is called \"tmp\"", "the Pod has no volumes"),
    ])
    func sentences(container: String, message: String, hint: String) throws {
        let fault = try first(Self.pod(container))
        #expect(fault.message == message)
        #expect(fault.hint == hint)
    }

    @Test func fieldsOfLaterReleases() throws {
        let text = Self.pod("resizePolicy: []")
        let fault = try first(text, release: Release(major: 1, minor: 25))
        #expect(fault.rule == .unknownField)
        #expect(fault.hint == "Kubernetes has it since 1.27")
    }

    @Test func rangesNameTheReleases() throws {
        let document = try #require(
            YAMLReader().read(SourceFile(path: "m.yaml", text: Self.pod("resizePolicy: []"))).documents.first)
        let range = try #require(ReleaseRange("1.25-1.28"))
        guard case .checked(let faults) = ObjectCheck(releases: range).check(document) else { throw Missing() }
        #expect(faults.map(\.releases) == [[Release(major: 1, minor: 25), Release(major: 1, minor: 26)]])
    }

    @Test(arguments: [
        "spec: 1", "spec: [[[[]]]]", "spec: {containers: {}}", "spec: {containers: [null, 1, []]}", "metadata: 3",
    ])
    func oddShapesAreFaultsAndNoMore(text: String) throws {
        for kind in TypeCatalogue.builtin.allKinds where kind.exists(in: TypeCatalogue.builtin.newest) {
            let manifest = "apiVersion: \(kind.apiVersion)\nkind: \(kind.kind)\n\(text)\n"
            let document = try #require(YAMLReader().read(SourceFile(path: "m.yaml", text: manifest)).documents.first)
            guard case .checked = ObjectCheck().check(document) else { throw Missing() }
        }
    }
}
