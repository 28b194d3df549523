public import Diagnostics

/// How to format.
public struct FormatOptions: Sendable {
    /// The dialect of the output.
    public enum Target: Sendable {
        /// The dialect of the module.
        case same
        /// Text that is valid as v0, through `import rego.v1`, and as v1.
        case v0AndV1
        /// v1 only.
        case v1
    }

    public var target: Target
    /// Leaves out `import rego.v1` and `future.keywords` imports that the target makes redundant.
    public var dropsV0Imports: Bool

    public init(target: Target = .same, dropsV0Imports: Bool = false) {
        self.target = target
        self.dropsV0Imports = dropsV0Imports
    }
}

/// Lays out Rego text as `opa fmt` does: tabs, one statement a line, line breaks of lists kept where the author put them.
///
/// The result is parsed again and must have the same structure and the same comments; otherwise there is no result.
public enum Formatter {
    /// Formats a file, or says why it cannot be.
    public static func format(
        _ file: SourceFile, version: RegoVersion = .v1, parserOptions: ParserOptions = ParserOptions(),
        options: FormatOptions = FormatOptions()
    ) -> Result<String, FormatFailure> {
        let (module, problems) = Parser.parseModule(file, version: version, options: parserOptions)
        guard problems.isEmpty else { return .failure(FormatFailure(diagnostics: problems)) }
        var writer = FormatWriter(module: module, style: FormatStyle(module: module, options: options))
        writer.writeModule()
        let problem = check(writer.output, against: module, writer.style, parserOptions)
        return problem.map { .failure(FormatFailure(diagnostics: $0)) } ?? .success(writer.output)
    }

    /// What is wrong with an output: it does not parse, means something else, or lost a comment.
    private static func check(
        _ output: String, against module: Module, _ style: FormatStyle, _ parserOptions: ParserOptions
    ) -> [Diagnostic]? {
        let file = SourceFile(path: module.file.path, text: output)
        let (result, problems) = Parser.parseModule(file, version: style.version, options: parserOptions)
        guard problems.isEmpty else { return problems }
        let place = module.range(of: module.package.location)
        guard ShapeText.areEqual(module, result, ignoringImports: true) else {
            return [
                Diagnostic(
                    code: "format_error", message: "the module cannot be formatted without changing its meaning", range: place)
            ]
        }
        guard commentTexts(module) == commentTexts(result) else {
            return [
                Diagnostic(code: "format_error", message: "the module cannot be formatted without losing a comment", range: place)
            ]
        }
        return nil
    }

    private static func commentTexts(_ module: Module) -> [String] {
        module.comments.map { FormatWriter.trimmed($0, in: module.file) }.sorted()
    }
}

/// Why a file could not be formatted.
public struct FormatFailure: Error {
    public var diagnostics: [Diagnostic]
}

/// What the dialect of the output asks of rule heads and imports.
struct FormatStyle {
    /// The dialect the output is parsed as.
    var version: RegoVersion
    var writesIf: Bool
    var writesContains: Bool
    /// `:=` in all heads.
    var writesAssign: Bool
    var addsRegoV1: Bool
    var dropsRegoV1: Bool
    var dropsFutureImports: Bool

    init(module: Module, options: FormatOptions) {
        let imported = Self.importedKeywords(module)
        let isV1 = options.target != .same || module.regoVersion == .v1 || module.importsRegoV1
        version = options.target == .v1 || (options.target == .same && module.regoVersion == .v1) ? .v1 : .v0
        writesIf = isV1 || imported.contains("if")
        writesContains = isV1 || imported.contains("contains")
        writesAssign = options.target != .same || module.regoVersion == .v1
        addsRegoV1 = options.target == .v0AndV1 && !module.importsRegoV1
        dropsRegoV1 = version == .v1 && options.dropsV0Imports
        dropsFutureImports = addsRegoV1 || module.importsRegoV1 || (version == .v1 && options.dropsV0Imports)
    }

    private static func importedKeywords(_ module: Module) -> Set<String> {
        var names: Set<String> = []
        for node in module.imports where node.path.terms.first?.stringOrVarName == "future" {
            if node.path.terms.count == 2 { names.formUnion(["if", "contains", "in", "every"]) }
            if node.path.terms.count == 3, let name = node.path.terms[2].stringOrVarName { names.insert(name) }
        }
        return names
    }
}
