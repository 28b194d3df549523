import Diagnostics
import Documents
import NIOCore
import NIOHTTP1
import Rego
import RegoRuntime
import Text

/// The part of OPA's REST API that asks for documents: `/v1/data`, `/v0/data` and `/`
/// (https://www.openpolicyagent.org/docs/rest-api).
package struct DataController: Sendable {
    let holder: PolicyHolder
    let limits: ServerLimits
    let sink: (any DecisionSink)?

    package init(holder: PolicyHolder, limits: ServerLimits = ServerLimits(), sink: (any DecisionSink)? = nil) {
        self.holder = holder
        self.limits = limits
        self.sink = sink
    }

    /// How a route takes input and gives results.
    enum Style: Sendable {
        /// `{"input": …}` in, `{"result": …}` out.
        case wrapped
        /// The input itself in, the result itself out, 404 for none.
        case plain
    }

    package var routes: [Route] {
        func route(_ methods: [HTTPMethod], _ path: String, _ style: Style, below prefix: String) -> Route {
            Route(
                methods, path,
                .evaluation { request, lane, state in
                    let steps = request.path == "/" ? ["system", "main"] : Self.steps(of: request.path, below: prefix)
                    return answer(request, steps, style, lane, &state)
                })
        }
        return [
            route([.GET, .POST], "/v1/data", .wrapped, below: "/v1/data"),
            route([.GET, .POST], "/v1/data/*", .wrapped, below: "/v1/data"),
            route([.POST], "/v0/data", .plain, below: "/v0/data"),
            route([.POST], "/v0/data/*", .plain, below: "/v0/data"),
            route([.POST], "/", .plain, below: "/"),
        ]
    }

    private static func steps(of path: String, below prefix: String) -> [String] {
        path.dropFirst(prefix.count).split(separator: "/").map { PercentEncoding.decoded($0) }
    }

    /// The answer; nil when the quick lane's time does not do.
    func answer(
        _ request: ServerRequest, _ path: [String], _ style: Style, _ lane: Lane, _ state: inout WorkerState
    ) -> ServerResponse? {
        guard let active = holder.current else { return .notReady }
        let start = MonotonicClock.now()
        let input: DataInput
        switch DataInput.read(request, style) {
        case .failure(let problem): return .error(.badRequest, problem.message)
        case .success(let read): input = read
        }
        let parsed = MonotonicClock.now()
        guard let prepared = prepare(active, path, request, &state) else {
            return .error(.internalServerError, "the query cannot be compiled")
        }
        let evaluator = prepared.evaluator
        var budget = AdmissionBudget.standard(limits)
        budget.time = max(0, (lane == .patient ? request.deadline : min(request.deadline, parsed + limits.quickTime)) - parsed)
        evaluator.context.now = WallClock.now()
        evaluator.budget = budget
        evaluator.begin(input: input.value)
        var result = Value.undefined
        do throws(EvaluationFault) {
            if let query = prepared.query {
                result = try evaluator.query(query).first?.bindings.first?.value ?? .undefined
            } else {
                // No rule has to do with it.
                result = active.documents.data.root
            }
        } catch {
            if error.code == "eval_cancel_error", lane != .patient { return nil }
            return Self.failure(error)
        }
        for step in prepared.rest where result.isDefined { result = Self.member(result, step) }
        let evaluated = MonotonicClock.now()
        var report = DataAnswer(result: result, path: path, style: style, request: request)
        report.times = [
            ("timer_rego_input_parse_ns", parsed - start), ("timer_rego_query_eval_ns", evaluated - parsed),
            ("timer_server_handler_ns", evaluated - request.arrival),
        ]
        report.bundles = active.bundles
        report.isInputMissing = input.isMissing
        report.explanation = prepared.tracer?.text
        report.ruleLabels = evaluator.labels
        report.isDefinedByRules = active.documents.definesRules(at: path)
        if let sink { report.decisionID = record(report, input, active, to: sink) }
        return report.response
    }

    // MARK: Evaluation

    private struct Prepared {
        var evaluator: Evaluator
        /// Nil when only data can be there.
        var query: String?
        var rest: ArraySlice<String>
        var tracer: Tracer?
    }

    private func prepare(
        _ active: ActivePolicies, _ path: [String], _ request: ServerRequest, _ state: inout WorkerState
    ) -> Prepared? {
        let documents = active.documents
        let (query, rest) = documents.query(for: path)
        let level = request.parameter("explain").flatMap(Tracer.Level.init(rawValue:)) ?? .off
        let isStrict = request.hasFlag("strict-builtin-errors")
        if level == .off, !isStrict {
            return Prepared(evaluator: state.documents.evaluator(for: documents), query: query, rest: rest)
        }
        let engine = level == .off ? documents.engine : documents.traced(path)
        guard let engine else { return nil }
        let evaluator = documents.evaluator(engine, strictBuiltinErrors: isStrict)
        let tracer = level == .off ? nil : Tracer(evaluator, level: level, limit: 20_000)
        return Prepared(evaluator: evaluator, query: query, rest: rest, tracer: tracer)
    }

    /// A step into a value: a member, or an element by its number.
    private static func member(_ value: Value, _ step: String) -> Value {
        if value.kind == .array { return Int64(step).map { value.member(.int($0)) } ?? .undefined }
        return value.field(named: step)
    }

    private static func failure(_ fault: EvaluationFault) -> ServerResponse {
        var body = Array("{\"code\":\"internal_error\",\"message\":\"error(s) occurred while evaluating query\"".utf8)
        body += ",\"errors\":[{\"code\":"
        JSONBytes.append(fault.code, to: &body)
        JSONBytes.appendKey("message", to: &body)
        JSONBytes.append(fault.message, to: &body)
        if let range = fault.range {
            JSONBytes.appendKey("location", to: &body)
            body += "{\"file\":"
            JSONBytes.append(range.file.path, to: &body)
            body += Array(",\"row\":\(range.position.line),\"col\":\(range.position.column)}".utf8)
        }
        body += "}]}"
        return ServerResponse(.internalServerError, body: body)
    }

    private static func text(of labels: [Value]) -> [UInt8] {
        if labels.isEmpty { return [] }
        var text = Array("[".utf8)
        for (index, value) in labels.enumerated() {
            if index > 0 { text += "," }
            JSONWriter.append(value, to: &text)
        }
        return text + "]".utf8
    }

    private func record(
        _ report: DataAnswer, _ input: DataInput, _ active: ActivePolicies, to sink: any DecisionSink
    ) -> String {
        var decision = Decision(
            id: DecisionID.make(), timestamp: WallClock.now(), path: report.path.joined(separator: "/"),
            input: input.value.isDefined ? input.logged : nil, result: report.resultText,
            requestedBy: report.request.remoteAddress)
        if let trace = TraceContext.header(of: report.request.headers) {
            decision.traceID = TraceContext.traceID(trace)
            decision.spanID = TraceContext.spanID(trace)
        }
        (decision.bundles, decision.revision, decision.metrics) = (active.bundles, active.revision, report.times)
        decision.ruleLabels = Self.text(of: report.ruleLabels)
        decision.size = 3 * report.request.body.readableBytes + decision.result.count
        sink.record(decision)
        return decision.id
    }
}

/// What one evaluation of a served document may use.
enum AdmissionBudget {
    static func standard(_ limits: ServerLimits) -> Budget {
        Budget(instructions: 200_000_000, memory: limits.evaluationMemory)
    }
}
