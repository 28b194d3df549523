public import Documents
public import RegoRuntime
import RegoSyntax

/// What modules may use: a capabilities document as `opa capabilities` writes it (OPA documentation, "Capabilities").
public struct Capabilities: Sendable {
    public var builtins: Set<String> = []
    /// Number of arguments and whether there is a result of each builtin.
    private var declarations: [String: (arity: Int, hasResult: Bool)] = [:]
    /// Keywords that `import future.keywords` may enable.
    public var futureKeywords: Set<String> = []
    /// Abilities of the language, such as `rego_v1` and `template_strings`.
    public var features: Set<String> = []
    /// The hosts that builtins may reach; nil for no say in it.
    public var allowNet: [String]?

    /// Reads a document.
    /// - Throws: `CapabilitiesProblem` when the document is not of OPA's form.
    public init(_ document: Value) throws(CapabilitiesProblem) {
        guard document.kind == .object, document.field("builtins").kind == .array else {
            throw CapabilitiesProblem(message: "it has no list builtins")
        }
        for (index, builtin) in document.field("builtins").elements.enumerated() {
            guard let name = builtin.field("name").stringValue else {
                throw CapabilitiesProblem(message: "builtins[\(index)] has no name")
            }
            builtins.insert(name)
            let declaration = builtin.field("decl")
            let arguments = declaration.field(named: "args")
            declarations[name] = (
                arguments.kind == .array ? arguments.count : 0, declaration.field(named: "result").isDefined
            )
        }
        futureKeywords = Set(try Self.strings(document, "future_keywords") ?? [])
        features = Set(try Self.strings(document, "features") ?? [])
        allowNet = try Self.strings(document, "allow_net")
    }

    private static func strings(_ document: Value, _ name: String) throws(CapabilitiesProblem) -> [String]? {
        let list = document.field(named: name)
        if list.isUndefined || list.kind == .null { return nil }
        let texts = list.kind == .array ? list.elements.compactMap(\.stringValue) : []
        guard list.kind == .array, texts.count == list.count else {
            throw CapabilitiesProblem(message: "\(name) is not a list of strings")
        }
        return texts
    }

    /// Those of a table's builtins that modules may call; calls of others are calls of unknown functions. Builtins that the
    /// document declares and the table does not have, which some other host of OPA brings, can be called and have no result.
    public func table(from all: BuiltinTable) -> BuiltinTable {
        let own = all.builtins.filter { builtins.contains($0.name) || $0.name.hasPrefix("internal.") }
        let custom = declarations.filter { all[$0.key] == nil && !$0.key.hasPrefix("internal.") }.sorted { $0.key < $1.key }
        return BuiltinTable(
            own
                + custom.map { name, declaration in
                    Builtin(
                        name, arguments: Array(repeating: .any, count: declaration.arity),
                        returns: declaration.hasResult ? .any : nil
                    ) { $0.fail("the function is declared by the capabilities, not implemented") }
                })
    }

    /// Limits what the parser accepts.
    public func limit(_ options: inout CompileOptions) {
        options.parser.futureKeywords = futureKeywords
        options.parser.allowsTemplateStrings = features.contains("template_strings")
        options.parser.allowsKeywordsInRefs = features.contains("keywords_in_refs")
        options.parser.allowsV1 = features.contains("rego_v1")
        options.parser.allowsV1Import = features.contains("rego_v1") || features.contains("rego_v1_import")
    }
}

/// Why a capabilities document cannot be used.
public struct CapabilitiesProblem: Error, Sendable {
    public var message: String
}
