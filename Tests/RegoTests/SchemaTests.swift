import Diagnostics
import Documents
import Rego
import RegoRuntime
import RegoSyntax
import Testing

/// Schemas that a host loads (`--schema`) and the annotations that name them.
@Suite struct SchemaTests {
    private static func schemas(_ texts: [String: String]) throws -> SchemaSet {
        var set = SchemaSet()
        for (path, text) in texts {
            let document = try JSONReader.read(SourceFile(path: "schema.json", text: text), keepsPositions: false)
            set.add(document.root, at: path.split(separator: ".").map(String.init))
        }
        return set
    }

    private static func problems(_ modules: [String], _ texts: [String: String]?) throws -> [String] {
        var options = CompileOptions()
        options.schemas = try texts.map(schemas)
        let sources = modules.enumerated().map { ModuleSource(file: SourceFile(path: "m\($0).rego", text: $1)) }
        return Engine.compile(sources, builtins: TestBuiltins.table, options: options).1.map { problem in
            let line = problem.range.map { "\($0.position.line): " } ?? ""
            return line + problem.code + ": " + (problem.message.split(separator: "\n").first ?? "")
        }
    }

    private static let user = #"{"type": "object", "properties": {"user": {"type": "string"}}}"#

    @Test func oneSchemaIsOfAllInput() throws {
        let module = "package p\n\na if input.user\n\nb if input.usr\n"
        #expect(try Self.problems([module], ["": Self.user]) == ["5: rego_type_error: undefined ref: input.usr"])
        #expect(try Self.problems([module], nil) == [])
        #expect(try Self.problems([module], ["other": Self.user]) == [])
    }

    @Test func annotationsNameSchemas() throws {
        let module = """
            package p

            # METADATA
            # schemas:
            #   - input: schema.user
            #   - data.acl: schema["access-list"]
            a if data.acl[input.usr]

            # METADATA
            # schemas:
            #   - input: schema.missing
            b if input.x
            """
        let schemas = ["user": Self.user, "access-list": #"{"type": "object"}"#]
        #expect(
            try Self.problems([module], schemas) == [
                "7: rego_type_error: undefined ref: input.usr", "12: rego_type_error: undefined schema: schema.missing",
            ])
        #expect(try Self.problems([module], nil) == [])
    }

    /// Package schemas reach every rule, document schemas all rules of one path, rule schemas one; the nearest counts.
    @Test func scopesOverride() throws {
        let above = "# METADATA\n# scope: subpackages\n# schemas:\n#   - input: {properties: {top: {type: string}}}\npackage a\n"
        let module = """
            package a.b

            p if input.top

            p if input.other

            # METADATA
            # scope: document
            # schemas:
            #   - input: {properties: {doc: {type: string}}}
            q if input.doc

            q if input.top

            # METADATA
            # scope: rule
            # schemas:
            #   - input.extra: {type: string}
            r if {
            	input.top
            	input.extra
            	input.none
            }
            """
        #expect(
            try Self.problems([above, module], nil) == [
                "5: rego_type_error: undefined ref: input.other", "13: rego_type_error: undefined ref: input.top",
                "22: rego_type_error: undefined ref: input.none",
            ])
    }

    private static let shapes: [(schema: String, type: String)] = [
        (#"{"type": "integer"}"#, "number"), (#"{"type": ["string", "null"]}"#, "any<string, null>"), ("{}", "any"),
        (#"{"type": "array", "items": {"type": "string"}}"#, "array[string]"),
        (#"{"type": "array", "items": [{"type": "string"}, {"type": "null"}]}"#, "array<string, null>"),
        (#"{"type": "object"}"#, "object[any: any]"),
        (#"{"properties": {"a": {"type": "string"}}}"#, "object<a: string>"),
        (#"{"properties": {"a": {}}, "additionalProperties": true}"#, "object<a: any>[any: any]"),
        (#"{"type": "object", "additionalProperties": {"type": "number"}}"#, "object[string: number]"),
        (#"{"oneOf": [{"type": "string"}, {"type": "number"}]}"#, "any<string, number>"),
        (##"{"$ref": "#/definitions/n", "definitions": {"n": {"type": "null"}}}"##, "null"),
        (##"{"properties": {"next": {"$ref": "#"}}}"##, "object<next: object<next: any>>"),
        (#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"#, "object<a: any, b: any>"),
    ]

    @Test(arguments: shapes)
    func typeOfSchema(schema: String, type: String) throws {
        let document = try JSONReader.read(SourceFile(path: "s", text: schema), keepsPositions: false)
        #expect(try SchemaTypes.type(of: document.root).description == type)
    }
}
