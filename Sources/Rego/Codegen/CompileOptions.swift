public import RegoRuntime
public import RegoSyntax

/// How modules are compiled.
public struct CompileOptions: Sendable {
    /// Whether marks for tracing, profiling and coverage are compiled in.
    public var isInstrumented = false
    /// Whether evaluations can tell which input an element of a partial set came from (`Evaluator.origins`); short
    /// functions are called then, not emitted in place of their calls.
    public var recordsOrigins = false
    /// Whether every rule is compiled and checked, or only what the entrypoints need.
    public var checksAllRules = true
    /// OPA's `--strict`: unused variables, arguments and imports are errors.
    public var isStrict = false
    /// Whether types are inferred and checked; costs about as much as the rest of compilation.
    public var checksTypes = true
    /// The type of the input document, from a schema.
    public var inputType = RegoType.any
    /// The schemas that `schemas` annotations name; nil when none were given.
    public var schemas: SchemaSet?
    /// Whether the engine can tell what its entrypoints use of `input` (`Engine.inputUse`).
    public var recordsInputUse = false
    /// Whether evaluations can tell the labels of the rules that had a value (`Evaluator.labels`).
    public var recordsLabels = false
    /// What the parser accepts.
    public var parser = ParserOptions()

    public init() {}
}
