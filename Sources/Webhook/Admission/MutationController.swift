import Catalogue
import CoreMetrics
import Documents
import Inputs
import Judging
package import Logging
import NIOCore
import NIOHTTP1
import Rego
import RegoRuntime
import Text

/// Answers the AdmissionReviews of a mutating webhook, `POST /v1/mutate`: what Gatekeeper's mutators and the policies' rules
/// `mutate` change, as a JSON Patch.
package struct MutationController: Sendable {
    let holder: PolicyHolder
    let metrics: ServeMetrics
    let logger: Logger
    let limits: ServerLimits
    let sink: (any DecisionSink)?

    package init(
        holder: PolicyHolder, metrics: ServeMetrics, logger: Logger, limits: ServerLimits = ServerLimits(),
        sink: (any DecisionSink)? = nil
    ) {
        self.holder = holder
        self.metrics = metrics
        self.logger = logger
        self.limits = limits
        self.sink = sink
    }

    static let path = "/v1/mutate"

    package var routes: [Route] {
        var route = Route(
            [.POST], Self.path, bodyTypes: ["application/json"],
            .evaluation { request, lane, state in answer(request, lane, &state) })
        route.isQuick = { request in
            request.body.readableBytes <= limits.loopBodySize && holder.current?.admission.reachesNetwork == false
        }
        let reviews = AdmissionController(holder: holder, metrics: metrics, logger: logger, limits: limits)
        route.onDeadline = { reviews.late($0) }
        return [route]
    }

    /// The answer to a request; nil when the lane's time does not do.
    package func answer(_ request: ServerRequest, _ lane: Lane, _ state: inout WorkerState) -> ServerResponse? {
        guard let active = holder.current else { return .notReady }
        var review: Review
        switch Review.read(request.body) {
        case .failure(let problem): return .error(.badRequest, problem.message)
        case .success(let read): review = read
        }
        if active.admission.readsNamespaces || active.mutations?.needsNamespaces == true { review.addNamespace(holder.namespace) }
        let parsed: AdmissionRequest
        do { parsed = try AdmissionRequest(review.document) } catch {
            return review.refusal(code: 422, reason: "Invalid", message: error.message)
        }
        var answer = MutationAnswer(mode: active.admission.mode(of: parsed.request))
        if let set = active.mutations, parsed.operation == .create || parsed.operation == .update {
            let mutator = state.mutation.mutator(for: set, memory: limits.evaluationMemory)
            mutator.setNow(WallClock.now())
            mutator.setExceptions(active.admission.exceptions)
            var deadline = request.deadline
            switch lane {
            case .loop: deadline = min(deadline, MonotonicClock.now() + limits.loopTime)
            case .quick: deadline = min(deadline, MonotonicClock.now() + limits.quickTime)
            case .patient: break
            }
            let mutation = mutator.mutation(of: parsed.subject, until: deadline)
            if lane != .patient, mutation.isStopped { return nil }
            answer.take(mutation, active.admission)
        }
        record(answer, parsed, active)
        let body = answer.body(for: review)
        if let sink, !parsed.isDryRun {
            var decision = Decision(
                id: DecisionID.make(), timestamp: WallClock.now(), path: "lintel/mutate", input: review.document,
                result: body, requestedBy: request.remoteAddress)
            (decision.bundles, decision.revision) = (active.bundles, active.revision)
            decision.size = 3 * request.body.readableBytes + body.count
            sink.record(decision)
        }
        metrics.mutationDuration.recordNanoseconds(MonotonicClock.now() - request.arrival)
        return ServerResponse(.ok, body: body)
    }

    private func record(_ answer: MutationAnswer, _ request: AdmissionRequest, _ active: ActivePolicies) {
        metrics.mutations(answer.outcome).increment()
        for failure in answer.failures {
            metrics.policyErrors.increment()
            metrics.failures(failure.id).increment()
            logger.error(
                "mutation failed",
                metadata: [
                    "policy": "\(failure.id)", "error": "\(failure.message)", "kind": "\(request.type.kind)",
                    "namespace": "\(request.namespace ?? "")", "name": "\(request.name)",
                ])
        }
        if !answer.failures.isEmpty, !answer.isRefused { metrics.unjudged("mutation").increment() }
    }
}

/// The `response` to a review of a mutating webhook.
struct MutationAnswer {
    let mode: AdmissionMode
    private(set) var failures: [(id: String, message: String, mode: ErrorMode)] = []
    private var patch: [UInt8] = []
    private var changers: [String] = []
    private var evaluated = 0

    init(mode: AdmissionMode) { self.mode = mode }

    /// Whether the request is refused, as a policy failed that must not.
    var isRefused: Bool { mode == .enforce && failures.contains { $0.mode == .deny } }

    var outcome: String {
        isRefused ? "refused" : patch.isEmpty ? "unchanged" : mode == .enforce ? "changed" : "would-change"
    }

    mutating func take(_ mutation: Mutation, _ admission: AdmissionPolicies) {
        evaluated = mutation.evaluated
        if !mutation.isEmpty { patch = mutation.patch }
        for id in mutation.changers where !changers.contains(id) { changers.append(id) }
        failures = mutation.failures.map { failure in
            (failure.id, failure.message, admission.settings.onErrorOfPolicy[failure.id] ?? admission.onError)
        }
    }

    func body(for review: Review) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(1024 + 2 * patch.count)
        output += "{\"apiVersion\":"
        JSONBytes.append(review.apiVersion, to: &output)
        output += ",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":"
        JSONBytes.append(review.uid, to: &output)
        output += isRefused ? ",\"allowed\":false" : ",\"allowed\":true"
        if isRefused {
            let lines = failures.filter { $0.mode == .deny }.map {
                ViolationLine($0.id, "could not change the object: ", $0.message).text
            }
            output += ",\"status\":{\"status\":\"Failure\",\"message\":"
            JSONBytes.append(lines.prefix(100).joined(separator: "\n"), to: &output)
            output += ",\"reason\":\"InternalError\",\"code\":500}"
        } else if !patch.isEmpty, mode == .enforce {
            output += ",\"patchType\":\"JSONPatch\",\"patch\":"
            JSONBytes.append(String(decoding: Base64.encode(patch), as: UTF8.self), to: &output)
        }
        output += ",\"auditAnnotations\":{\"evaluated\":"
        JSONBytes.append(String(evaluated), to: &output)
        if mode != .enforce {
            JSONBytes.appendKey("mode", to: &output)
            JSONBytes.append(mode.rawValue, to: &output)
        }
        if !changers.isEmpty {
            JSONBytes.appendKey(mode == .enforce ? "mutated-by" : "would-be-mutated-by", to: &output)
            JSONBytes.append(changers.joined(separator: ","), to: &output)
        }
        if !failures.isEmpty {
            JSONBytes.appendKey("failed", to: &output)
            JSONBytes.append(failures.map(\.id).joined(separator: ","), to: &output)
        }
        output += "}"
        var warnings = WarningList()
        if !isRefused {
            for failure in failures { warnings.add(ViolationLine(failure.id, "could not change the object: ", failure.message)) }
            warnings.finish()
        }
        if !warnings.json.isEmpty {
            JSONBytes.appendKey("warnings", to: &output)
            output += "["
            output += warnings.json
            output += "]"
        }
        output += "}}"
        return output
    }
}
