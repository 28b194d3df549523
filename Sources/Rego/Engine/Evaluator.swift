public import Documents
public import RegoRuntime
import Diagnostics

/// Evaluates an engine's entrypoints; one for each thread, reused from input to input.
public final class Evaluator {
    public let engine: Engine
    public let machine: Machine
    /// What each evaluation may use; takes effect with the next `begin`.
    public var budget = Budget()

    /// An evaluator over base documents whose owner outlives it.
    public init(
        _ engine: Engine, data: Value = .undefined, strictBuiltinErrors: Bool = false,
        context: EvaluationContext = EvaluationContext()
    ) {
        self.engine = engine
        machine = Machine(engine.program, data: data, strictBuiltinErrors: strictBuiltinErrors, context: context)
    }

    /// What builtins see: clock, seed, output of `print`.
    public var context: EvaluationContext { machine.context }

    /// Gives the evaluations to come all steps of the budget again.
    package func renewSteps() { machine.renewSteps() }

    /// Steps that were used since the last `begin` or `renewSteps`.
    package var usedSteps: Int { machine.usedSteps }

    /// Starts evaluations over an input document (undefined for none); results of the last one end.
    public func begin(input: Value) { machine.begin(input: input, budget: budget) }

    /// The document of an entrypoint; rules it shares with others over the same input are evaluated once.
    public func evaluate(_ entrypoint: Entrypoint) -> Outcome { machine.evaluate(entrypoint.function) }

    /// Errors of builtins that made expressions undefined where they are not strict, as `to_number("x")` does: one for each
    /// place in the policies since the evaluator was made, in the order of their first appearance.
    public var builtinErrors: [EvaluationFault] { machine.builtinErrors }

    /// The `labels` annotations of the rules that had a value since `begin`, with those of their document and packages: each
    /// set once. Empty unless compiled with `CompileOptions.recordsLabels` (OPA documentation, "Annotations").
    public var labels: [Value] { machine.labels }

    /// One solution of a query.
    public struct Row: Sendable {
        /// Values of the query's named variables, in order of appearance.
        public var bindings: [(name: String, value: Value)]
        /// Value of each expression of the query, with its text.
        public var expressions: [(text: String, value: Value)]
    }

    /// The solutions of a query that the engine was compiled with; empty when it is undefined.
    /// - Throws: the fault that ended the evaluation.
    public func query(_ text: String) throws(EvaluationFault) -> [Row] {
        guard let plan = engine.query(text) else {
            throw EvaluationFault(code: "eval_internal_error", message: "query was not compiled: \(text)")
        }
        switch evaluate(plan.entrypoint) {
        case .undefined: return []
        case .fault(let fault): throw fault
        case .value(let rows):
            return rows.elements.map { row in
                var result = Row(bindings: [], expressions: [])
                for (column, value) in zip(plan.columns, row.elements) {
                    if column.isExpression {
                        result.expressions.append((column.name, value))
                    } else {
                        result.bindings.append((column.name, value))
                    }
                }
                return result
            }
        }
    }

    /// Where in `document`, the current input, the elements of a partial set come from: for each element the most
    /// specific node that decided it, or for a missing field the path it would have.
    public func origins(_ entrypoint: Entrypoint, in document: Document) -> [(element: Value, path: DocumentPath)] {
        machine.origins(entrypoint.function).compactMap { origin in
            // Paths are long: only that of the best read is made.
            var best: (container: Value, step: DocumentPath.Step?, depth: Int)?
            for read in origin.reads {
                let isStep = read.key.kind == .string || read.key.kind == .int
                guard let depth = document.depth(of: read.container).map({ $0 + (isStep ? 1 : 0) }), depth >= best?.depth ?? 0
                else { continue }
                let step: DocumentPath.Step? =
                    !isStep ? nil : read.key.kind == .string ? .key(read.key.string) : .index(Int(read.key.rawInt))
                best = (read.container, step, depth)
            }
            guard let best, var path = document.path(of: best.container) else { return nil }
            if let step = best.step { path.steps.append(step) }
            return (origin.element, path)
        }
    }
}
