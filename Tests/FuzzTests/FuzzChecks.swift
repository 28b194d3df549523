import Diagnostics
import Documents
import Rego
import RegoCrypto
import RegoRuntime
import RegoSyntax

/// What must hold for any text; each check returns what is wrong, or nil.
struct FuzzChecks {
    static let table = BuiltinTable(Builtins.standard + RegoBuiltins.all + RegoCrypto.builtins)
    private static let base: Document = {
        let text = """
            {"list": [1, 2, {"k": "a"}], "o": {"k": [1], "a": {"k": null}}, "base": {"list": ["a", "b", 3], "k": {"o": 1}}, "n": 1.5}
            """
        let document = try? JSONReader.read(SourceFile(path: "base.json", text: text), keepsPositions: false)
        return document ?? Document { _ in .null }
    }()
    private static let memory = 32 << 20

    /// Parses, formats, compiles and evaluates a module.
    static func module(_ text: String) -> String? {
        for version in [RegoVersion.v1, .v0] {
            let file = SourceFile(path: "fuzz.rego", text: text)
            let (module, problems) = Parser.parseModule(file, version: version)
            _ = DiagnosticRenderer().render(problems)
            if problems.contains(where: { $0.severity == .error }) { continue }
            if let problem = format(file, version) { return "\(version): \(problem)" }
            if let problem = evaluate(module) { return "\(version): \(problem)" }
        }
        return nil
    }

    /// What became of a rule set.
    enum Outcome {
        case refused, answered
        case broken(String)
    }

    /// Compiles and evaluates a module of clashing rules: a problem with a place, or an answer, or a fault of the policy.
    static func clash(_ text: String) -> Outcome {
        let file = SourceFile(path: "clash.rego", text: text)
        let (module, problems) = Parser.parseModule(file, version: .v1)
        guard problems.isEmpty else {
            return problems.allSatisfy { $0.range != nil } ? .refused : .broken("a problem without place")
        }
        let (engine, found) = Engine.compile(parsed: [module], queries: ["x = data"], builtins: table)
        guard engine != nil else {
            if found.isEmpty { return .broken("neither compiles nor has problems") }
            return found.allSatisfy { $0.range != nil } ? .refused : .broken("a problem without place: \(found)")
        }
        return evaluate(module).map(Outcome.broken) ?? .answered
    }

    /// Formatting keeps the meaning (the formatter checks it and fails else) and a second time changes nothing.
    private static func format(_ file: SourceFile, _ version: RegoVersion) -> String? {
        switch Formatter.format(file, version: version) {
        case .failure(let failure): return "does not format: \(failure.diagnostics.map(\.message))"
        case .success(let once):
            guard case .success(let twice) = Formatter.format(SourceFile(path: "fuzz.rego", text: once), version: version) else {
                return "formatted text does not format:\n\(once)"
            }
            return once == twice ? nil : "formatting is not stable:\n\(once)\n---\n\(twice)"
        }
    }

    /// Two evaluations in one budget have one answer, and keep to the budget. So has a program that calls every function
    /// and repeats every look-up, as the record of origins needs it.
    private static func evaluate(_ module: Module) -> String? {
        var options = CompileOptions()
        options.isInstrumented = module.file.bytes.count % 2 == 0
        let (engine, problems) = Engine.compile(parsed: [module], queries: ["x = data"], builtins: table, options: options)
        _ = DiagnosticRenderer().render(problems)
        guard let engine else { return problems.isEmpty ? "neither compiles nor has problems" : nil }
        options.isInstrumented = false
        options.recordsOrigins = true
        guard let plain = Engine.compile(parsed: [module], queries: ["x = data"], builtins: table, options: options).0 else {
            return "compiles, but not for origins"
        }
        var answers: [String] = []
        for engine in [engine, engine, plain] {
            let (answer, problem) = answer(of: engine)
            if let problem { return problem }
            answers.append(answer)
        }
        if answers[0] != answers[1] { return "two evaluations differ:\n\(answers[0])\n---\n\(answers[1])" }
        // Steps and memory are counted alike only as far as the steps are alike.
        let isCut = answers.contains { $0.hasPrefix("eval_cancel_error") }
        return isCut || answers[0] == answers[2] ? nil : "two programs differ:\n\(answers[0])\n---\n\(answers[2])"
    }

    private static func answer(of engine: Engine) -> (answer: String, problem: String?) {
        let evaluator = Evaluator(engine, data: base.root)
        evaluator.context.now = 1_700_000_000_000_000_000
        evaluator.context.seed = 7
        evaluator.budget = Budget(instructions: 100_000, memory: memory)
        evaluator.begin(input: base.root)
        var answer: String
        do {
            answer = try evaluator.query("x = data").map { JSONWriter.string($0.bindings[0].value) }.joined(separator: "\n")
        } catch {
            answer = "\(error.code): \(error.message)"
            if error.code == "eval_internal_error" { return (answer, "internal error: \(error.message)") }
        }
        let used = evaluator.context.arena.used
        return (answer, used > memory * 2 ? "the evaluation used \(used) bytes" : nil)
    }

    /// What was read is written, and read again is the same.
    static func json(_ text: String) -> String? {
        let file = SourceFile(path: "fuzz.json", text: text)
        guard let document = try? JSONReader.read(file, keepsPositions: true) else { return nil }
        let written = JSONWriter.string(document.root)
        guard let again = try? JSONReader.read(SourceFile(path: "again.json", text: written), keepsPositions: false) else {
            return "written JSON does not read: \(written)"
        }
        return again.root == document.root ? nil : "JSON differs once written: \(written)"
    }

    /// Documents of YAML have values that write as JSON, or problems with places in the file.
    static func yaml(_ text: String) -> String? {
        let stream = YAMLReader().read(SourceFile(path: "fuzz.yaml", text: text))
        _ = DiagnosticRenderer().render(stream.diagnostics)
        for document in stream.documents {
            let written = JSONWriter.string(document.root)
            guard (try? JSONReader.read(SourceFile(path: "again.json", text: written), keepsPositions: false)) != nil else {
                return "YAML does not write as JSON: \(written)"
            }
        }
        return ReadingComparison.difference(text)
    }
}
