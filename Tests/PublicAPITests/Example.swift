import Diagnostics
import Documents
import Rego
import RegoRuntime

/// What a policy says about a manifest: a message for each element of `data.example.deny`, with its place.
func messages(policy: String, manifest: String) -> [String] {
    // Policies are compiled once; the engine is shared by all threads. Problems have places in the text of the policy.
    let (engine, problems) = Engine.compile(
        [ModuleSource(file: SourceFile(path: "policy.rego", text: policy))], entrypoints: ["data.example.deny"],
        builtins: BuiltinTable(Builtins.standard))
    guard let engine, let deny = engine.entrypoint("data.example.deny") else {
        return problems.map { DiagnosticRenderer().render($0) }
    }

    // An evaluator belongs to one thread and is used for many inputs.
    let evaluator = Evaluator(engine)
    evaluator.budget.memory = 64 << 20
    var messages: [String] = []
    let stream = YAMLReader().read(SourceFile(path: "manifest.yaml", text: manifest))
    for document in stream.documents {
        // A value lives as long as its document; `withRoot` keeps that alive.
        document.withRoot { root in
            evaluator.begin(input: root)
            switch evaluator.evaluate(deny) {
            case .value(let set): messages += set.elements.map { "line \(document.firstLine): \($0.string)" }
            case .undefined: break
            case .fault(let fault): messages.append("\(fault.code): \(fault.message)")
            }
        }
    }
    return messages + stream.diagnostics.map { DiagnosticRenderer().render($0) }
}
