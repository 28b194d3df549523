import Validation

/// One worker's evaluator of admission requests, made anew when the policies change.
struct EvaluatorCache {
    private var evaluator: AdmissionEvaluator?
    private(set) var durations: PolicyDurations?

    mutating func evaluator(for active: ActivePolicies, metrics: ServeMetrics) -> AdmissionEvaluator {
        if let evaluator, evaluator.policies === active.admission { return evaluator }
        let evaluator = AdmissionEvaluator(active.admission)
        self.evaluator = evaluator
        durations = PolicyDurations(active.admission.policies, metrics: metrics)
        return evaluator
    }
}
