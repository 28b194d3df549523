import Diagnostics
import Documents
import Schemas
import Testing

/// Schemas that somebody wrote to keep the program busy: each ends soon, and nothing passes unseen.
struct HostileSchemaTests {
    private func faults(_ schema: String, _ spec: String) throws -> [Fault] {
        let definition = """
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "as.example.com"},
             "spec": {"group": "example.com", "scope": "Namespaced", "names": {"plural": "as", "kind": "A"}, "versions": [
               {"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema":
                 {"type": "object", "properties": {"spec": \(schema)}}}}]}}
            """
        var kinds = CustomKinds()
        for document in YAMLReader().read(SourceFile(path: "d.yaml", text: definition)).documents { kinds.add(document) }
        let object = "{\"apiVersion\": \"example.com/v1\", \"kind\": \"A\", \"metadata\": {\"name\": \"a\"}, \"spec\": \(spec)}"
        let document = try #require(YAMLReader().read(SourceFile(path: "o.yaml", text: object)).documents.first)
        guard case .checked(let faults) = ObjectCheck(custom: kinds).check(document) else { return [] }
        return faults
    }

    private func alternatives(_ depth: Int) -> String {
        depth == 0
            ? #"{"type": "string"}"#
            : "{\"anyOf\": [\(alternatives(depth - 1)), \(alternatives(depth - 1))]}"
    }

    @Test(.timeLimit(.minutes(1))) func alternativesInsideAlternatives() throws {
        let schema = "{\"type\": \"array\", \"items\": \(alternatives(7))}"
        let entries = Array(repeating: "1", count: 300).joined(separator: ",")
        let found = try faults(schema, "[\(entries)]")
        #expect(!found.isEmpty)
    }

    @Test func whatIsTooMuchIsToldOfAndDoesNotPass() throws {
        func document(_ text: String) throws -> Document { try JSONReader.read(SourceFile(path: "j", text: text)) }
        let schema = try document(#"{"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "boolean"}, {}]}}"#)
        let value = try document("[\(Array(repeating: "1", count: 100).joined(separator: ","))]")
        func rules(_ comparisons: Int?) -> [Fault.Rule] {
            CustomObjectCheck.faults(
                ofValueIn: value, CustomShape(schema.root), release: TypeCatalogue.builtin.newest, comparisons: comparisons
            ).map(\.rule)
        }
        #expect(rules(nil).isEmpty)
        #expect(rules(50).contains(.tooLong))
    }

    @Test(.timeLimit(.minutes(1))) func patternsRunInLinearTime() throws {
        let text = String(repeating: "a", count: 100_000) + "b"
        let found = try faults(#"{"type": "string", "pattern": "^(a|a)*(a*)*$"}"#, "\"\(text)\"")
        #expect(found.map(\.rule) == [.invalidValue])
    }

    @Test(.timeLimit(.minutes(1))) func setsOfManyObjects() throws {
        let schema =
            #"{"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "object", "x-kubernetes-map-type": "atomic", "properties": {"k": {"type": "integer"}}}}"#
        let entries = (0..<20_000).map { "{\"k\": \($0)}" } + ["{\"k\": 7}"]
        let found = try faults(schema, "[\(entries.joined(separator: ","))]")
        #expect(found.map(\.rule) == [.duplicateValue])
    }

    @Test func deepSchemas() throws {
        let depth = 150
        let schema =
            String(repeating: #"{"type": "object", "properties": {"a": "#, count: depth) + #"{"type": "string"}"#
            + String(repeating: "}}", count: depth)
        let object = String(repeating: "{\"a\": ", count: depth) + "1" + String(repeating: "}", count: depth)
        #expect(try faults(schema, object).map(\.rule) == [.wrongType])
    }
}
