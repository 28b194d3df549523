import Diagnostics
import Documents
import NIOCore
import NIOHTTP1
import Rego
import RegoRuntime
import RegoSyntax

/// The part of OPA's REST API that takes queries: `/v1/query` and `/v1/compile`
/// (https://www.openpolicyagent.org/docs/rest-api).
package struct QueryController: Sendable {
    let holder: PolicyHolder
    let limits: ServerLimits

    package init(holder: PolicyHolder, limits: ServerLimits = ServerLimits()) {
        self.holder = holder
        self.limits = limits
    }

    package var routes: [Route] {
        // Queries are compiled for each request: that is nothing for the event loop.
        [
            Route([.GET, .POST], "/v1/query", .evaluation { request, lane, _ in lane == .patient ? query(request) : nil }),
            Route([.POST], "/v1/compile", .evaluation { request, lane, _ in lane == .patient ? compile(request) : nil }),
            Route([.POST], "/v1/compile/*", .evaluation { request, lane, _ in lane == .patient ? compile(request) : nil }),
        ]
    }

    // MARK: Queries

    /// Answers a query with its solutions: `{"result": [{"x": 1}]}`, or without result when there is none.
    func query(_ request: ServerRequest) -> ServerResponse {
        guard let active = holder.current else { return .notReady }
        let owner = Document { _ in .null }
        var text = request.parameter("q") ?? "", input = Value.undefined
        var body: Document?
        if request.method == .POST {
            switch Self.body(request) {
            case .failure(let problem): return .error(.badRequest, problem.message)
            case .success(let document): body = document
            }
            text = body?.root.field("query").stringValue ?? text
            input = body?.root.field("input") ?? .undefined
        }
        guard !text.isEmpty else { return .error(.badRequest, "missing query: give it as q= or in the body as query") }
        let documents = active.documents
        let (engine, problems) = documents.compiled(query: text)
        guard let engine else { return Self.refusal(problems) }
        let evaluator = documents.evaluator(engine, strictBuiltinErrors: request.hasFlag("strict-builtin-errors"))
        evaluator.context.now = WallClock.now()
        evaluator.budget = budget(request)
        evaluator.begin(input: input)
        do throws(EvaluationFault) {
            let rows = try evaluator.query(text)
            let arena = owner.arena
            let result = rows.map { row in
                arena.object(row.bindings.map { ObjectEntry(key: arena.string($0.name), value: $0.value) })
            }
            var answer: [(String, Value)] = rows.isEmpty ? [] : [("result", arena.array(result))]
            if request.hasFlag("rule_labels"), !evaluator.labels.isEmpty {
                answer.append(("rule_labels", arena.array(evaluator.labels)))
            }
            return Self.response(arena.object(answer.map { ObjectEntry(key: arena.string($0), value: $1) }), request)
        } catch { return .error(.internalServerError, "\(error.code): \(error.message)", code: "internal_error") }
    }

    // MARK: Partial evaluation

    /// What is left of a query when some documents are unknown (Compile API).
    func compile(_ request: ServerRequest) -> ServerResponse {
        guard let active = holder.current else { return .notReady }
        let body: Document
        switch Self.body(request) {
        case .failure(let problem): return .error(.badRequest, problem.message)
        case .success(let document): body = document
        }
        let path = request.path.dropFirst("/v1/compile".utf8.count).split(separator: "/").joined(separator: ".")
        let text = body.root.field("query").stringValue ?? (path.isEmpty ? "" : "data.\(path) == true")
        guard !text.isEmpty else { return .error(.badRequest, "missing required 'query' value") }
        var partial = PartialEvaluation.Request(
            query: text, input: body.root.field("input"), data: active.documents.data.root)
        let unknowns = body.root.field("unknowns")
        if unknowns.isDefined, unknowns.kind != .null {
            let texts = unknowns.kind == .array ? unknowns.elements.compactMap(\.stringValue) : []
            guard unknowns.kind == .array, texts.count == unknowns.count else {
                return .error(.badRequest, "unknowns must be a list of paths such as input or data.reports")
            }
            partial.unknowns = texts.map { $0.split(separator: ".").map(String.init) }
            guard partial.unknowns.allSatisfy({ $0.first == "input" || $0.first == "data" }) else {
                return .error(.badRequest, "unknowns: a path begins with input or data")
            }
        }
        let context = EvaluationContext()
        context.now = WallClock.now()
        let budget = budget(request)
        (context.memoryLimit, context.stepLimit) = (budget.memory, budget.instructions)
        if let time = budget.time { context.deadline = MonotonicClock.now() + time }
        do throws(EvaluationFault) {
            let (result, problems) = try active.documents.partial(partial, context)
            guard let result else { return Self.refusal(problems) }
            var bytes = Array("{\"result\":".utf8)
            JSONBytes.append(result.json, to: &bytes)
            bytes += Array("}\n".utf8)
            return ServerResponse(.ok, body: bytes)
        } catch { return .error(.internalServerError, "\(error.code): \(error.message)", code: "internal_error") }
    }

    // MARK: Requests and answers

    private struct Problem: Error { var message: String }

    private static func body(_ request: ServerRequest) -> Result<Document, Problem> {
        let source = SourceFile(path: "body", bytes: Array(request.body.readableBytesView))
        do throws(JSONError) {
            let document = try JSONReader.read(source, keepsPositions: false)
            return document.root.kind == .object
                ? .success(document) : .failure(Problem(message: "the body must be a JSON object"))
        } catch { return .failure(Problem(message: "the body is not JSON: \(error.message)")) }
    }

    private func budget(_ request: ServerRequest) -> Budget {
        var budget = AdmissionBudget.standard(limits)
        budget.time = max(0, request.deadline - MonotonicClock.now())
        return budget
    }

    /// The problems of a query that cannot be compiled, as OPA lists them.
    private static func refusal(_ problems: [Diagnostic]) -> ServerResponse {
        var body = Array(
            "{\"code\":\"invalid_parameter\",\"message\":\"error(s) occurred while compiling module(s)\",\"errors\":[".utf8)
        for (index, problem) in problems.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            body += Array("{\"code\":".utf8)
            JSONBytes.append(problem.code, to: &body)
            JSONBytes.appendKey("message", to: &body)
            JSONBytes.append(problem.message, to: &body)
            if let range = problem.range {
                body += Array(",\"location\":{\"file\":".utf8)
                JSONBytes.append(range.file.path == "<query>" ? "" : range.file.path, to: &body)
                body += Array(",\"row\":\(range.position.line),\"col\":\(range.position.column)}".utf8)
            }
            body.append(UInt8(ascii: "}"))
        }
        return ServerResponse(.badRequest, body: body + Array("]}".utf8))
    }

    static func response(_ value: Value, _ request: ServerRequest) -> ServerResponse {
        var body: [UInt8] = []
        JSONWriter.append(value, to: &body, style: request.hasFlag("pretty") ? .pretty : .compact)
        var response = ServerResponse(.ok, body: body + [UInt8(ascii: "\n")])
        response.mayCompress = true
        return response
    }
}

extension JSONBytes {
    /// A syntax tree.
    static func append(_ json: SyntaxJSON, to body: inout [UInt8]) {
        switch json {
        case .null: body += Array("null".utf8)
        case .bool(let value): body += Array((value ? "true" : "false").utf8)
        case .number(let text): body += Array(text.utf8)
        case .string(let text): append(text, to: &body)
        case .array(let elements):
            body.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { body.append(UInt8(ascii: ",")) }
                append(element, to: &body)
            }
            body.append(UInt8(ascii: "]"))
        case .object(let members):
            body.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { body.append(UInt8(ascii: ",")) }
                append(member.name, to: &body)
                body.append(UInt8(ascii: ":"))
                append(member.value, to: &body)
            }
            body.append(UInt8(ascii: "}"))
        }
    }
}
