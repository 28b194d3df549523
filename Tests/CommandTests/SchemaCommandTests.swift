import Foundation
import Testing

/// `lintel schema`, and what `lintel check` says by the types of the API.
@Suite struct SchemaCommandTests {
    private static let pod =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: b, imagePullpolicy: Always}\n"

    private func check(_ text: String, _ arguments: String...) throws -> LintelRun {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: folder.url.appendingPathComponent("m.yaml"))
        return try LintelRun(["check", "--format", "compact"] + arguments + ["m.yaml"], in: folder.url)
    }

    @Test func typesAreChecked() throws {
        let run = try check(Self.pod, "--only", "schema-unknown-field")
        #expect(run.code == 1)
        #expect(run.output.contains("m.yaml:6:25: error: unknown field \"imagePullpolicy\""))
    }

    /// The API server refuses the object whatever the policies say.
    @Test(arguments: ["baseline", "restricted", "reliability", "recommended", "all"])
    func checksAreInEveryProfile(_ profile: String) throws {
        #expect(try check(Self.pod, "--profile", profile).output.contains("unknown field \"imagePullpolicy\""))
        let left = try check(Self.pod, "--profile", profile, "--skip", "schema-unknown-field")
        #expect(!left.output.contains("imagePullpolicy"))
        #expect(try !check(Self.pod, "--profile", profile, "--only", "LT-POD-001").output.contains("imagePullpolicy"))
    }

    @Test func checksCanBeLeftOut() throws {
        #expect(try !check(Self.pod, "--skip", "schema-unknown-field").output.contains("imagePullpolicy"))
    }

    @Test(arguments: [("warn", Int32(2)), ("fail", 1), ("skip", 2)])
    func missingDefinitions(action: String, code: Int32) throws {
        let text = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\n"
        let run = try check(text, "--missing-schemas", action, "--only", "schema-unknown-kind")
        // Where nothing is known, nothing was evaluated.
        #expect(run.code == code)
        #expect(run.errors.contains("no definition of Thing") == (action == "warn"))
        #expect(run.output.contains("no definition of Thing") == (action == "fail"))
    }

    /// Definitions that cannot be read are told by every command that compares objects with them.
    @Test(arguments: [["check", "a"], ["diff", "a", "b"], ["diff", "--no-findings", "a", "b"]])
    func definitionsThatCannotBeRead(arguments: [String]) throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] {
            try folder.write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n", to: "\(name)/a.yaml")
        }
        let run = try LintelRun(arguments + ["--schema", "missing.yaml"], in: folder.url)
        #expect(run.code == 2)
        #expect(run.errors.contains("missing.yaml"), "\(run.errors)")
    }

    @Test func definitionsAreGivenBeside() throws {
        let folder = try TemporaryFolder()
        let definition = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.example.org}
            spec:
              group: example.org
              names: {kind: Thing, plural: things}
              scope: Namespaced
              versions:
              - name: v1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
            """
        try Data(definition.utf8).write(to: folder.url.appendingPathComponent("crd.yaml"))
        try Data("apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec: {size: x}\n".utf8)
            .write(to: folder.url.appendingPathComponent("thing.yaml"))
        let beside = try LintelRun(["check", "--format", "compact", "--schema", "crd.yaml", "thing.yaml"], in: folder.url)
        #expect(beside.code == 1)
        #expect(beside.output.contains("thing.yaml:4:14: error: size takes a whole number"))
        let packed = try LintelRun(["schema", "import", "crd.yaml", "--output", "all.schemas"], in: folder.url)
        #expect(packed.output == "1 kinds in all.schemas\n")
        let again = try LintelRun(["check", "--format", "compact", "--schema", "all.schemas", "thing.yaml"], in: folder.url)
        #expect(again.output.contains("size takes a whole number"))
    }

    private static func definition(size: String) -> String {
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: things.example.org
        spec:
          group: example.org
          names: {kind: Thing, plural: things}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {\(size)}}}}}}

        """
    }

    /// Checks a thing by a folder of definitions.
    private func check(by definitions: [String: String]) throws -> LintelRun {
        let folder = try TemporaryFolder()
        for (name, text) in definitions { try folder.write(text, to: "crds/\(name)") }
        try folder.write("apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec: {size: 1}\n", to: "thing.yaml")
        return try LintelRun(
            ["check", "--format", "compact", "--only", "schema-wrong-type", "--schema", "crds", "thing.yaml"], in: folder.url)
    }

    /// A file among the definitions that cannot be read is an error: what it defines would pass unseen.
    @Test(arguments: [("b.json", "{\"a\":"), ("b.yaml", "a: [b\n"), ("b.yml", "a: b\n\tc: d\n")])
    func definitionsThatAreNoText(name: String, text: String) throws {
        let run = try check(by: ["a.yaml": Self.definition(size: "type: integer"), name: text])
        #expect(run.code == 2)
        #expect(run.errors.contains("crds/\(name):"), "\(run.errors)")
    }

    @Test(arguments: ["{\"type\": \"object\", \"properties\": {}}", "// settings"])
    func definitionsThatAreOthers(text: String) throws {
        let run = try check(by: ["a.yaml": Self.definition(size: "type: integer"), "b.json": text])
        #expect(run.code == 0)
        #expect(run.errors.contains("crds/b.json holds no CustomResourceDefinition"), "\(run.errors)")
    }

    @Test func definitionsThatAreTemplates() throws {
        let run = try check(by: [
            "a.yaml": Self.definition(size: "type: integer"), "Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
            "templates/b.yaml": "{{- if .Values.crds }}\n" + Self.definition(size: "type: string") + "{{- end }}\n",
        ])
        #expect(run.code == 0)
        #expect(run.errors.contains("crds/templates/b.yaml is a Helm template"), "\(run.errors)")
    }

    /// Of two definitions of a kind with other content one counts, and both are named.
    @Test func definitionsOfOneKind() throws {
        let number = Self.definition(size: "type: integer"), text = Self.definition(size: "type: string")
        let twice = try check(by: ["a.yaml": text, "b.yaml": number])
        #expect(twice.code == 0)
        #expect(twice.errors.contains("crds/b.yaml:4:9: warning: Thing of example.org is defined twice"), "\(twice.errors)")
        #expect(twice.errors.contains("crds/a.yaml:4:9"), "\(twice.errors)")
        #expect(try check(by: ["a.yaml": number, "b.yaml": text]).code == 1)
        let equal = try check(by: ["a.yaml": number, "b.yaml": "# again\n" + number])
        #expect(equal.code == 0 && equal.errors.isEmpty, "\(equal.errors)")
    }

    /// Objects are judged by a definition that the API server would not take, and that is said.
    @Test func definitionsThatAreRefused() throws {
        let run = try check(by: ["a.yaml": Self.definition(size: "minimum: 1")])
        #expect(run.code == 0)
        #expect(
            run.errors.contains("crds/a.yaml:13:93: warning: the API server refuses this definition of Thing: type is required"),
            "\(run.errors)")
        #expect(try check(by: ["a.yaml": Self.definition(size: "type: integer")]).errors.isEmpty)
    }

    @Test func kindsAreExplained() throws {
        let folder = try TemporaryFolder()
        let run = try LintelRun(["schema", "show", "deploy.spec.template.spec.containers.ports"], in: folder.url)
        #expect(run.code == 0)
        #expect(run.output.contains("FIELD     spec.template.spec.containers.ports <[]ContainerPort>"))
        #expect(run.output.contains("LIST      map by containerPort, protocol"))
        let list = try LintelRun(["schema", "list", "--kubernetes-version", "1.24"], in: folder.url)
        #expect(list.output.contains("batch/v1beta1"))
        #expect(try LintelRun(["schema", "show", "Deploymnet"], in: folder.url).code == 64)
    }
}
