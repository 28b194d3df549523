@testable import Catalogue
import Diagnostics
import Documents
import Foundation
@testable import Inputs
@testable import Judging
import Testing

@Suite struct ConfigurationTests {
    @Test func readsAll() throws {
        let library = try PolicyLibrary.embedded()
        let source = SourceFile(
            path: "lintel.yaml",
            text: """
                profile: [baseline, recommended]
                kubernetesVersion: 1.30
                podSecurityVersion: v1.29
                failOn: warning
                skip: [privileged-container]
                severity: {LT-RBAC-001: info}
                parameters:
                  rbac-wildcards: {allowedRoles: [ops]}
                """)
        let (configuration, problems) = ConfigurationReader.read(source, policies: library.policies)
        #expect(problems.isEmpty, "\(DiagnosticRenderer().render(problems))")
        #expect(configuration.profiles == ["baseline", "recommended"])
        #expect(configuration.kubernetesVersion?.text == "1.30")
        #expect(configuration.podSecurityVersion?.text == "1.29")
        #expect(configuration.failOn == .warning)
        #expect(configuration.skip == ["LT-POD-001"])
        #expect(configuration.severities == ["LT-RBAC-001": .info])

        let policy = try #require(library.policy(named: "LT-RBAC-001"))
        var data = EvaluationData()
        data.configuration = configuration
        data.kubernetesVersion = try #require(configuration.kubernetesVersion)
        let document = data.document(for: [policy], inventory: nil).document
        #expect(
            JSONWriter.string(document.root)
                == #"{"parameters":{"LT-RBAC-001":{"allowedRoles":["ops"]}},"settings":{"existing":[],"kubernetes_version":"1.30","pod_security_version":"latest","skipped":[],"strict_references":false}}"#
        )
    }

    @Test func emptyFileIsFine() {
        let (_, problems) = ConfigurationReader.read(SourceFile(path: "lintel.yaml", text: "# nothing yet\n"), policies: [])
        #expect(problems.isEmpty)
    }

    @Test(arguments: [
        ("{type: string}", "3", "Invalid type. Expected: string, given: integer"), ("{type: string}", "x", nil),
        ("{type: array, items: {type: string}}", "[a, 1]", "[1] Invalid type. Expected: string, given: integer"),
        ("{type: string, enum: [a, b]}", "c", "(Root) must be one of the following: \"a\", \"b\""),
        ("{type: integer, minimum: 2}", "1", "Must be greater than or equal to 2"),
        ("{type: integer, maximum: 2}", "3", "Must be less than or equal to 2"),
        ("{type: integer}", "1.5", "Invalid type. Expected: integer, given: number"),
        ("{type: number}", "1.5", nil), ("{type: boolean}", "yes", nil),
        ("{type: boolean}", "'yes'", "Invalid type. Expected: boolean, given: string"),
        ("{type: object, additionalProperties: {type: integer}}", "{a: b}", "a Invalid type. Expected: integer, given: string"),
        ("{type: object, properties: {a: {}}, additionalProperties: false}", "{b: 1}", "b Additional property b is not allowed"),
        ("{type: object, required: [a]}", "{b: 1}", "a is required"),
        ("{type: string, minLength: 2}", "x", "String length must be greater than or equal to 2"),
        ("{type: string, pattern: '^a+$'}", "b", "Does not match pattern '^a+$'"), ("{}", "[1]", nil),
        (
            "{type: strin}", "x",
            "its schema cannot be used: has a primitive type that is NOT VALID -- given: /strin/ Expected valid values are:[array boolean integer number null object string]"
        ),
    ])
    func parameterSchema(_ schema: String, _ value: String, _ problem: String?) throws {
        func document(_ text: String) -> Document { YAMLReader().read(SourceFile(path: "x", text: text)).documents[0] }
        let (schema, value) = (document(schema), document(value))
        let found = ParameterSchema.problem(of: value.root, schema: schema.root)
        let path = found.map { DocumentPath($0.path).fieldPath } ?? ""
        #expect(found.map { path.isEmpty ? $0.message : "\(path) \($0.message)" } == problem)
    }

    @Test func inventory() throws {
        let text = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web}}
            """
        let resources = ResourceReader().read(SourceFile(path: "a.yaml", text: text)).resources
        let root = EvaluationData().document(for: [], inventory: resources).document.root.field("inventory")
        #expect(root.field("cluster").field("v1").field("Namespace").field("shop").isIdentical(to: resources[0].value))
        let namespaces = root.field("namespace")
        #expect(namespaces.field("shop").field("v1").field("Service").field("web").isIdentical(to: resources[1].value))
        #expect(namespaces.field("default").field("v1").field("Service").field("web").isIdentical(to: resources[2].value))
    }

    /// Data of the user stands beside ours and is merged into it.
    @Test func userData() throws {
        func document(_ text: String) -> Document { YAMLReader().read(SourceFile(path: "x", text: text)).documents[0] }
        var data = EvaluationData()
        data.userData = [
            ([], document("{teams: {a: 1}, settings: {region: eu}}")), (["teams"], document("{b: 2}")),
            (["teams", "a2"], document("{c: 3}")),
        ]
        let root = data.document(for: [], inventory: nil).document.root
        #expect(JSONWriter.string(root.field("teams")) == #"{"a":1,"a2":{"c":3},"b":2}"#)
        #expect(root.field("settings").field("region").stringValue == "eu")
        #expect(root.field("settings").field("kubernetes_version").isDefined)
    }
}
