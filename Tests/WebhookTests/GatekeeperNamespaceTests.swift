import TestSupport
import Testing
@testable import Webhook

/// Constraints in the webhook, which knows no Namespaces unless it follows the cluster.
struct GatekeeperNamespaceTests {
    private func policies(_ template: NamespaceTemplate) throws -> AdmissionPolicies {
        let contents = try ServedPolicies.contents(
            ["policy.yaml": template.text], "", builtin: false, profiles: ["recommended"], onError: nil)
        let set = try #require(contents.set)
        let (policies, problems) = AdmissionPolicies.compile(set, options: contents.options)
        return try #require(policies, "\((contents.problems + problems).map(\.message))")
    }

    @Test(arguments: NamespaceTemplate.looking)
    func areLeftOut(_ template: NamespaceTemplate) throws {
        let policies = try policies(template)
        #expect(policies.policies.isEmpty)
        #expect(policies.left.map(\.policy.id) == ["LooksAround/c"])
        #expect(policies.left.first?.reason == "they look at Namespaces, and serve has no --cluster-objects")
    }

    @Test(arguments: NamespaceTemplate.judgingAlone)
    func judge(_ template: NamespaceTemplate) throws {
        let policies = try policies(template)
        #expect(policies.left.isEmpty && policies.policies.map(\.id) == ["LooksAround/c"])
    }
}
