import Diagnostics
import Documents
import Foundation
import RegoRuntime
import TestSupport
import Testing

@Suite struct CapabilitiesTests {
    private static let name = "opa-capabilities.json"
    /// Builtins that OPA does not have.
    private static let ours: Set<String> = []

    /// The builtins are those of OPA, all of them and no others but ours, with the signatures OPA declares.
    @Test(.enabled(if: ConformanceData.isUsed(name), "no conformance data")) func signatures() throws {
        let file = ConformanceData.url(of: Self.name)
        let source = SourceFile(path: file.path, bytes: Array(try Data(contentsOf: file)))
        let document = try JSONReader.read(source, keepsPositions: false)
        let declarations = document.root.field("builtins").elements
        let table = BuiltinTable(TestBuiltins.builtins)
        let names = Set(declarations.map { $0.field("name").string })
        #expect(names.count == 206)
        #expect(names.isDisjoint(with: Self.ours))
        for builtin in table.builtins where !Self.ours.contains(builtin.name) {
            #expect(names.contains(builtin.name), "OPA has no \(builtin.name)")
        }
        for declared in declarations {
            let name = declared.field("name").string
            guard let builtin = table[name] else {
                Issue.record("there is no \(name)")
                continue
            }
            let type = declared.field("decl")
            let arguments = type.field("args").kind == .array ? Array(type.field("args").elements) : []
            #expect(builtin.arguments.map(Self.normal) == arguments.map(Self.type), "arguments of \(name)")
            #expect(builtin.result.map(Self.normal) == Self.optional(type.field("result")), "result of \(name)")
            #expect(builtin.variadic.map(Self.normal) == Self.optional(type.field("variadic")), "variadic of \(name)")
            #expect(builtin.infix == declared.field("infix").stringValue, "infix of \(name)")
            #expect(builtin.isRelation == declared.field("relation").isTrue, "relation of \(name)")
            #expect(builtin.isDeprecated == declared.field("deprecated").isTrue, "deprecation of \(name)")
            #expect(builtin.isNondeterministic == declared.field("nondeterministic").isTrue, "determinism of \(name)")
        }
    }

    private static func optional(_ value: Value) -> RegoType? { value.isUndefined ? nil : type(value) }

    /// A type as the capabilities file writes it.
    private static func type(_ value: Value) -> RegoType {
        let members = { (name: StaticString) in
            value.field(name).kind == .array ? value.field(name).elements.map(type) : []
        }
        switch value.field("type").string {
        case "null": return .null
        case "boolean": return .boolean
        case "number": return .number
        case "string": return .string
        case "array": return .array(static: members("static"), dynamic: optional(value.field("dynamic")))
        case "set": return .set(of: optional(value.field("of")) ?? .any)
        case "object":
            let properties = value.field("static")
            let known = (properties.kind == .array ? Array(properties.elements) : []).map {
                RegoType.Property($0.field("key").string, type($0.field("value")))
            }
            let rest = value.field("dynamic")
            let dynamic =
                rest.isUndefined
                ? nil : RegoType.DynamicProperty(type(rest.field("key")), type(rest.field("value")))
            return .object(static: known, dynamic: dynamic)
        default:
            let options = members("of")
            return options.isEmpty ? .any : .union(sorted(options))
        }
    }

    /// The same type with the options of unions in a fixed order.
    private static func normal(_ type: RegoType) -> RegoType {
        switch type {
        case .union(let options): options.isEmpty ? .any : .union(sorted(options.map(normal)))
        case .array(let known, let dynamic): .array(static: known.map(normal), dynamic: dynamic.map(normal))
        case .set(let element): .set(of: normal(element))
        case .object(let known, let dynamic):
            .object(
                static: known.map { RegoType.Property($0.key, normal($0.type)) }.sorted { $0.key < $1.key },
                dynamic: dynamic.map { RegoType.DynamicProperty(normal($0.key), normal($0.value)) })
        default: type
        }
    }

    private static func sorted(_ types: [RegoType]) -> [RegoType] { types.sorted { "\($0)" < "\($1)" } }
}
