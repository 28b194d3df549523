import Diagnostics
import Documents
import Rego
import RegoRuntime
import RegoSyntax
import Testing

/// What a capabilities file takes away.
@Suite struct CapabilitiesLimitTests {
    private static func problems(_ module: String, _ capabilities: String, version: RegoVersion = .v1) throws -> [String] {
        let document = try JSONReader.read(SourceFile(path: "capabilities.json", text: capabilities), keepsPositions: false)
        let limits = try Capabilities(document.root)
        var options = CompileOptions()
        limits.limit(&options)
        let source = ModuleSource(file: SourceFile(path: "m.rego", text: module), version: version)
        let (_, problems) = Engine.compile([source], builtins: limits.table(from: TestBuiltins.table), options: options)
        return problems.map { "\($0.code): \($0.message)" }
    }

    private static let modern = #"{"builtins": [{"name": "count"}, {"name": "plus"}], "features": ["rego_v1"]}"#

    @Test func otherBuiltinsAreUnknown() throws {
        #expect(try Self.problems("package p\n\na := count([1]) + 1\n", Self.modern) == [])
        #expect(
            try Self.problems("package p\n\na := upper(\"x\")\n\nb := 1 - 1\n", Self.modern)
                == ["rego_type_error: undefined function upper", "rego_type_error: undefined function minus"])
        #expect(
            try Self.problems("package p\n\na if print(1)\n", Self.modern) == ["rego_type_error: undefined function print"])
    }

    @Test func featuresLimitTheSyntax() throws {
        let template = "package p\n\na := $\"{1}\"\n"
        #expect(try Self.problems(template, Self.modern) != [])
        #expect(try Self.problems(template, #"{"builtins": [], "features": ["rego_v1", "template_strings"]}"#) == [])
        let old = #"{"builtins": [], "future_keywords": ["in"], "features": []}"#
        #expect(
            try Self.problems("package p\n\na := 1\n", old)
                == ["rego_parse_error: illegal capabilities: rego_v1 feature required for parsing v1 Rego"])
        #expect(try Self.problems("package p\n\na = 1 { true }\n", old, version: .v0) == [])
        #expect(
            try Self.problems("package p\n\nimport rego.v1\n\na := 1\n", old, version: .v0)
                == ["rego_parse_error: invalid import, `rego.v1` is not supported by current capabilities"])
    }

    @Test(arguments: ["[]", "{}", #"{"builtins": [{}]}"#, #"{"builtins": [], "allow_net": [1]}"#])
    func refusesOtherDocuments(text: String) throws {
        let document = try JSONReader.read(SourceFile(path: "c", text: text), keepsPositions: false)
        #expect(throws: CapabilitiesProblem.self) { try Capabilities(document.root) }
    }

    @Test func allowNetIsRead() throws {
        let text = #"{"builtins": [], "allow_net": ["example.com"]}"#
        let document = try JSONReader.read(SourceFile(path: "c", text: text), keepsPositions: false)
        #expect(try Capabilities(document.root).allowNet == ["example.com"])
    }
}
