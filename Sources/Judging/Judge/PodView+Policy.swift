package import Catalogue
package import Inputs

extension PodView {
    /// Whether a policy can judge this template: of a part only what is written can be judged, which are the controls of
    /// the baseline.
    package func isJudged(by policy: Policy) -> Bool {
        if isPartial { return policy.judges == .pods && policy.profiles.contains("baseline") }
        return policy.judges == .pods || policy.judges == .lastingPods && life == .lasting
    }
}
