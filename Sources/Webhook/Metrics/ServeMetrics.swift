import Catalogue
package import CoreMetrics
import Judging
import Synchronization
import Text

/// What the server counts; the names are those users' dashboards know.
package final class ServeMetrics: Sendable {
    package let registry: MetricsRegistry
    package let admissionDuration: CoreMetrics.Timer
    package let evaluationDuration: CoreMetrics.Timer
    package let mutationDuration: CoreMetrics.Timer
    package let policyErrors: Counter
    package let budgetStops: Counter
    package let missedDeadlines: Counter
    package let refusedRequests: Counter
    package let refusedConnections: Counter
    package let oversizeRequests: Counter
    package let timedOutConnections: Counter
    package let failedHandshakes: Counter
    package let queueDepth: Gauge
    package let bufferedBytes: Gauge
    package let connections: Gauge
    package let reloadDuration: CoreMetrics.Timer
    package let lastReload: Gauge
    package let certificateExpiry: Gauge
    private let kinds = Mutex<Set<String>>([])
    private let requests = Mutex<[RequestKey: Counter]>([:])

    /// Kinds that get a label of their own; users can make any number of them.
    private static let namedKinds = 300

    package init(_ registry: MetricsRegistry) {
        self.registry = registry
        func counter(_ name: String) -> Counter { Counter(label: name, factory: registry) }
        func gauge(_ name: String) -> Gauge { Gauge(label: name, factory: registry) }
        func timer(_ name: String) -> CoreMetrics.Timer { CoreMetrics.Timer(label: name, factory: registry) }
        admissionDuration = timer("lintel_admission_duration_seconds")
        mutationDuration = timer("lintel_mutation_duration_seconds")
        evaluationDuration = timer("lintel_evaluation_duration_seconds")
        policyErrors = counter("lintel_policy_errors_total")
        budgetStops = counter("lintel_budget_stops_total")
        missedDeadlines = counter("lintel_missed_deadlines_total")
        refusedRequests = counter("lintel_refused_requests_total")
        refusedConnections = counter("lintel_refused_connections_total")
        oversizeRequests = counter("lintel_oversize_requests_total")
        timedOutConnections = counter("lintel_timed_out_connections_total")
        failedHandshakes = counter("lintel_tls_handshake_errors_total")
        queueDepth = gauge("lintel_queue_depth")
        bufferedBytes = gauge("lintel_buffered_bytes")
        connections = gauge("lintel_connections")
        reloadDuration = timer("lintel_reload_duration_seconds")
        lastReload = gauge("lintel_reload_last_success_timestamp_seconds")
        certificateExpiry = gauge("lintel_certificate_expiry_seconds")
        Gauge(label: "lintel_build_info", dimensions: [("version", BuildVersion.number)], factory: registry).record(1)
    }

    struct RequestKey: Hashable {
        var operation: String
        var kind: String
        var verdict: String
        var isDryRun: Bool
    }

    /// Counts a request; the first few hundred kinds by name, others as `other`.
    func count(_ request: RequestKey) {
        let known = requests.withLock { $0[request] }
        if let known { return known.increment() }
        var labelled = request
        labelled.kind = kinds.withLock { kinds in
            if kinds.contains(request.kind) || kinds.count < Self.namedKinds {
                kinds.insert(request.kind)
                return request.kind
            }
            return "other"
        }
        let counter = Counter(
            label: "lintel_admission_requests_total",
            dimensions: [
                ("operation", labelled.operation), ("kind", labelled.kind), ("verdict", labelled.verdict),
                ("dry_run", labelled.isDryRun ? "true" : "false"),
            ], factory: registry)
        counter.increment()
        if labelled.kind == request.kind { requests.withLock { $0[request] = counter } }
    }

    func violations(_ policy: String, _ outcome: ViolationOutcome) -> Counter {
        Counter(
            label: "lintel_violations", dimensions: [("policy", policy), ("enforcement_action", outcome.rawValue)],
            factory: registry)
    }

    /// Requests that were let in although not all policies have judged them, by why.
    func unjudged(_ reason: String) -> Counter {
        Counter(label: "lintel_unjudged_admissions_total", dimensions: [("reason", reason)], factory: registry)
    }

    /// Requests of the mutating webhook, by what became of the object.
    func mutations(_ outcome: String) -> Counter {
        Counter(label: "lintel_mutation_requests_total", dimensions: [("outcome", outcome)], factory: registry)
    }

    func failures(_ policy: String) -> Counter {
        Counter(label: "lintel_policy_failures_total", dimensions: [("policy", policy)], factory: registry)
    }

    /// How often policies, data and settings were loaded, or a certificate, by how that went.
    package func reloads(_ result: String, of what: String = "policies") -> Counter {
        Counter(label: "lintel_reload_total", dimensions: [("result", result), ("what", what)], factory: registry)
    }

    /// Reads a value before each exposition.
    func observe(_ read: @escaping @Sendable (ServeMetrics) -> Void) {
        registry.onExposition { [weak self] in
            if let self { read(self) }
        }
    }
}

/// What became of a violation, as metrics name it.
enum ViolationOutcome: String, CaseIterable {
    case note, deny, warn, dryrun
    /// The object had it before the update.
    case grandfathered
    /// It would be refused where verdicts are enforced.
    case wouldDeny = "would-deny"

    init(_ violation: AdmissionVerdict.Violation, in mode: AdmissionMode) {
        if violation.isStanding {
            self = .grandfathered
            return
        }
        switch violation.action {
        case nil: self = .note
        case .deny: self = mode == .enforce ? .deny : .wouldDeny
        case .warn: self = .warn
        case .dryrun: self = .dryrun
        }
    }

    var number: Int {
        switch self {
        case .note: 0
        case .deny: 1
        case .warn: 2
        case .dryrun: 3
        case .grandfathered: 4
        case .wouldDeny: 5
        }
    }
}

/// One worker's way to the metrics of single policies, by slot: names are looked up once.
struct PolicyMetrics {
    private let policies: [Policy]
    private let metrics: ServeMetrics
    private let timers: [HistogramWriter]
    /// By slot and outcome.
    private var violations: [Counter?]

    init(_ policies: [Policy], metrics: ServeMetrics) {
        self.policies = policies
        self.metrics = metrics
        violations = [Counter?](repeating: nil, count: ViolationOutcome.allCases.count * policies.count)
        timers = policies.map { policy in
            metrics.registry.writer(label: "lintel_policy_duration_seconds", dimensions: [("policy", policy.id)])
        }
    }

    func record(_ durations: [(slot: Int, time: Int64)]) {
        timers.withUnsafeBufferPointer { timers in
            for (slot, time) in durations { timers[slot].recordNanoseconds(time) }
        }
    }

    mutating func count(_ verdict: AdmissionVerdict) {
        for violation in verdict.violations {
            let outcome = ViolationOutcome(violation, in: verdict.mode)
            let place = ViolationOutcome.allCases.count * violation.slot + outcome.number
            if violations[place] == nil {
                violations[place] = metrics.violations(policies[violation.slot].id, outcome)
            }
            violations[place]?.increment()
        }
    }
}
