/// One worker's evaluator of admission requests, made anew when the policies change.
struct EvaluatorCache {
    private var evaluator: AdmissionEvaluator?
    /// Nil before the first request.
    var policyMetrics: PolicyMetrics?

    mutating func evaluator(for active: ActivePolicies, metrics: ServeMetrics) -> AdmissionEvaluator {
        if let evaluator, evaluator.policies === active.admission { return evaluator }
        let evaluator = AdmissionEvaluator(active.admission)
        self.evaluator = evaluator
        policyMetrics = PolicyMetrics(active.admission.policies, metrics: metrics)
        return evaluator
    }
}
