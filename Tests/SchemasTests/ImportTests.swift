import Diagnostics
import Documents
import Schemas
import Testing

/// Schemas of other tools, packed and read back.
struct ImportTests {
    private func faults(of manifest: String, by pack: DefinitionPack) throws -> [Fault] {
        let document = try #require(YAMLReader().read(SourceFile(path: "m.yaml", text: manifest)).documents.first)
        guard case .checked(let faults) = ObjectCheck(packs: [pack]).check(document) else { throw Unknown() }
        return faults
    }

    private struct Unknown: Error {}

    private func pack(_ text: String, path: String) throws -> DefinitionPack {
        var schemas = SchemaImport()
        let document = try #require(YAMLReader().read(SourceFile(path: path, text: text)).documents.first)
        #expect(schemas.read(document, path: path) == 1)
        return try #require(DefinitionPack(schemas.bytes()))
    }

    private static let properties = """
        {"type": "object", "properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
        "spec": {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer", "maximum": 3}}}}}
        """

    private static let manifest = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec: {size: 4, sise: 1}\n"

    @Test(arguments: [
        ("schemas/example.org/thing_v1.json", properties),
        (
            "crd.yaml",
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.example.org}
            spec:
              group: example.org
              names: {kind: Thing, plural: things}
              scope: Namespaced
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: \(properties)}}]
            """
        ),
        (
            "v2.json",
            """
            {"swagger": "2.0", "definitions": {
              "Size": {"type": "integer", "maximum": 3},
              "Thing": {"type": "object", "x-kubernetes-group-version-kind": [{"group": "example.org", "version": "v1", "kind": "Thing"}],
                "properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
                  "spec": {"type": "object", "properties": {"size": {"$ref": "#/definitions/Size"}, "next": {"$ref": "#/definitions/Thing"}}}}}}}
            """
        ),
    ])
    func kindsAreJudged(path: String, text: String) throws {
        let found = try faults(of: Self.manifest, by: pack(text, path: path))
        #expect(found.map(\.path.fieldPath).sorted() == ["spec.sise", "spec.size"])
    }

    @Test func builtInKindsAreLeftOut() throws {
        let text = """
            {"swagger": "2.0", "definitions": {"Pod": {"type": "object",
              "x-kubernetes-group-version-kind": [{"group": "", "version": "v1", "kind": "Pod"}]}}}
            """
        var schemas = SchemaImport()
        let document = try #require(YAMLReader().read(SourceFile(path: "v2.json", text: text)).documents.first)
        #expect(schemas.read(document, path: "v2.json") == 0)
    }

    @Test func damagedPacksAreRefusedOrHarmless() throws {
        let sound = try {
            var schemas = SchemaImport()
            let document = try #require(
                YAMLReader().read(SourceFile(path: "schemas/example.org/thing_v1.json", text: Self.properties)).documents.first)
            _ = schemas.read(document, path: "schemas/example.org/thing_v1.json")
            return schemas.bytes()
        }()
        #expect(DefinitionPack([]) == nil)
        for length in stride(from: 0, to: sound.count, by: 7) {
            _ = try DefinitionPack(Array(sound[..<length])).map { try? faults(of: Self.manifest, by: $0) }
        }
        for place in 16..<sound.count {
            var bytes = sound
            bytes[place] ^= 0xFF
            _ = try DefinitionPack(bytes).map { try? faults(of: Self.manifest, by: $0) }
        }
    }
}
