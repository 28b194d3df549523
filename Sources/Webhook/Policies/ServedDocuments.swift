import Catalogue
import Diagnostics
import Documents
import Judging
import Rego
import RegoNetwork
import RegoRuntime
import RegoSyntax

/// The documents under `data` that `/v1/data` serves: what the user's modules define, over the user's data.
package final class ServedDocuments: Sendable {
    let engine: Engine
    let data: Document
    /// Keeps the values of `data` alive.
    private let owners: [Document]
    private let network: NetworkAccess?
    private let sources: [ModuleSource]
    /// Paths of rules and packages that the engine can evaluate.
    private let paths: Set<[String]>
    /// Those of rules among them.
    private let rules: Set<[String]>

    private init(
        engine: Engine, data: EvaluationData, sources: [ModuleSource], paths: Set<[String]>, rules: Set<[String]>
    ) {
        self.rules = rules
        self.engine = engine
        self.data = data.userDocument()
        owners = data.userData.map(\.document)
        network = data.network
        self.sources = sources
        self.paths = paths
    }

    /// Compiles the user's modules for queries of every document they define.
    static func compile(_ user: UserPolicies, data: EvaluationData) -> (documents: ServedDocuments?, problems: [Diagnostic]) {
        let sources = user.modules.map { ModuleSource(file: $0.source, version: $0.version) }
        let (listed, problems) = Engine.compile(sources, builtins: PolicyBuiltins.table)
        guard let listed else { return (nil, problems) }
        var paths: Set<[String]> = [[]], rules: Set<[String]> = []
        for rule in listed.rules where !rule.isFunction {
            for length in 0...rule.package.count { paths.insert(Array(rule.package.prefix(length))) }
            rules.insert(rule.package + [rule.name])
        }
        paths.formUnion(rules)
        var options = CompileOptions()
        options.recordsLabels = true
        let (engine, others) = Engine.compile(
            sources, queries: paths.map(Self.query), builtins: PolicyBuiltins.table, options: options)
        guard let engine else { return (nil, others) }
        return (ServedDocuments(engine: engine, data: data, sources: sources, paths: paths, rules: rules), problems)
    }

    /// The query of a document, and the steps below it that its value is to be followed. The query is nil where no rule can
    /// have a say, and the steps begin at the data: what else a package on the way defines is not evaluated for it.
    func query(for path: [String]) -> (text: String?, rest: ArraySlice<String>) {
        var length = path.count
        while !paths.contains(Array(path.prefix(length))) { length -= 1 }
        let known = Array(path.prefix(length))
        if length < path.count, !rules.contains(known) { return (nil, path[...]) }
        return (Self.query(known), path.dropFirst(length))
    }

    private static func query(_ path: [String]) -> String {
        "result = data" + path.map { "[\(RegoText.quoted($0))]" }.joined()
    }

    /// An evaluator over the user's data, which reaches the hosts that were allowed.
    /// - Parameter engine: another engine of the same modules, as `traced` makes them.
    func evaluator(_ engine: Engine? = nil, strictBuiltinErrors: Bool = false) -> Evaluator {
        let evaluator = Evaluator(engine ?? self.engine, data: data.root, strictBuiltinErrors: strictBuiltinErrors)
        network?.install(in: evaluator.context)
        return evaluator
    }

    /// An engine for one query that records what it does.
    func traced(_ path: [String]) -> Engine? {
        guard let text = query(for: path).text else { return engine }
        var options = CompileOptions()
        options.isInstrumented = true
        options.recordsLabels = true
        return Engine.compile(sources, queries: [text], builtins: PolicyBuiltins.table, options: options).0
    }

    /// The modules that define the documents.
    var modules: [Module] { engine.modules }

    /// The modules compiled for one query more.
    func compiled(query: String) -> (Engine?, [Diagnostic]) {
        var options = CompileOptions()
        options.recordsLabels = true
        return Engine.compile(parsed: engine.modules, queries: [query], builtins: PolicyBuiltins.table, options: options)
    }

    /// What is left of a query.
    func partial(
        _ request: PartialEvaluation.Request, _ context: EvaluationContext
    ) throws(EvaluationFault) -> (PartialEvaluation?, [Diagnostic]) {
        try PartialEvaluation.evaluate(
            request, in: engine.modules, builtins: PolicyBuiltins.table, options: CompileOptions(), context: context)
    }

    /// Whether rules define the document or a part of it.
    func definesRules(at path: [String]) -> Bool { !path.isEmpty && paths.contains(path) }
}

enum RegoText {
    /// A Rego string literal.
    static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        JSONBytes.append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// One worker's evaluator of served documents.
struct DocumentEvaluators {
    private var documents: ServedDocuments?
    private var evaluator: Evaluator?

    mutating func evaluator(for documents: ServedDocuments) -> Evaluator {
        if let evaluator, self.documents === documents { return evaluator }
        let evaluator = documents.evaluator()
        (self.documents, self.evaluator) = (documents, evaluator)
        return evaluator
    }
}
