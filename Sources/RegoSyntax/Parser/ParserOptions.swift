/// What a parser accepts beyond the dialect.
public struct ParserOptions: Sendable {
    /// Keywords that `import future.keywords` may enable besides those of v1; OPA's capabilities list them.
    public var futureKeywords: Set<String> = ["and", "not", "or"]
    /// Keywords that are on without an import, as if `import future.keywords.…` stood there.
    public var enabledKeywords: Set<String> = []
    /// `$"…"`: the capability feature `template_strings`.
    public var allowsTemplateStrings = true
    /// `foo.if` and `if.foo`: the capability feature `keywords_in_refs`.
    public var allowsKeywordsInRefs = true
    /// Modules of v1: the capability feature `rego_v1`.
    public var allowsV1 = true
    /// `import rego.v1` in v0: the capability feature `rego_v1` or `rego_v1_import`.
    public var allowsV1Import = true
    /// How deep brackets, bodies and operator chains may nest.
    public var maximumDepth = 500

    public init() {}
}
