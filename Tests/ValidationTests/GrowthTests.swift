@testable import Catalogue
import Diagnostics
import Documents
@testable import Findings
import Foundation
@testable import Inputs
@testable import Judging
import Rego
import Testing
import TestSupport

/// Twice the work takes twice the steps of the machine, not more: nothing looks through all objects for each object.
/// Steps are the same on every machine, so these tests do not depend on its load.
@Suite struct GrowthTests {
    /// What judging some resources took.
    struct Cost {
        var steps = 0
        var findings = 0
    }

    private static let bound = 2.3
    /// Policies with a bound of their own; the aim is to have none. Most look for the name that was meant among at most 400
    /// (`most_compared` in `lib/world.rego`), so they grow faster until there are so many.
    private static let bounds = [
        "LT-REF-022": 2.4, "LT-FLUX-012": 4.2, "LT-HOOK-003": 4.2, "LT-SEC-011": 4.2, "LT-REF-003": 4.2, "LT-REF-004": 4.2,
        "LT-REF-020": 4.2,
        // These put what they find into sets, which are kept in order.
        "LT-ARGO-013": 2.5, "LT-POD-061": 3,
    ]

    /// Each policy on copies of its own example in one namespace: under names of their own with labels that all share, and as
    /// they are, all of one name.
    @Test(arguments: try ExampleTests.categories())
    func everyPolicyGrowsAsItsInputDoes(_ category: String) throws {
        let set = PolicySet(library: try PolicyLibrary.embedded())
        for policy in set.library.policies where FilePath.folder(of: FilePath.folder(of: policy.path)) == category {
            let folder = "\(LibraryTests.package)/\(FilePath.folder(of: policy.path))"
            let text = try String(contentsOfFile: "\(folder)/fail.yaml", encoding: .utf8)
            for isRenamed in [true, false] {
                let what = "\(policy.id) \(policy.slug), \(isRenamed ? "other names" : "one name")"
                try expect(what, bound: Self.bounds[policy.id] ?? Self.bound) { count in
                    try Self.cost(of: [policy], Self.copies(of: text, count, isRenamed: isRenamed), set)
                }
            }
        }
    }

    /// Each policy on its own example with lists of 40 and 80 times as many items: the outermost or the innermost ones, whose
    /// items are the same or have names of their own.
    @Test(arguments: try ExampleTests.categories())
    func everyPolicyGrowsAsListsDo(_ category: String) throws {
        let set = PolicySet(library: try PolicyLibrary.embedded())
        for policy in set.library.policies where FilePath.folder(of: FilePath.folder(of: policy.path)) == category {
            let folder = "\(LibraryTests.package)/\(FilePath.folder(of: policy.path))"
            let text = try String(contentsOfFile: "\(folder)/fail.yaml", encoding: .utf8)
            let file = SourceFile(path: "fail.yaml", text: text)
            let objects = try ResourceReader().read(file).resources.map { try LongLists($0.document) }
            for isOutermost in [true, false] {
                for isRenamed in [true, false] {
                    let names = isRenamed ? "other names" : "one name", lists = isOutermost ? "outermost" : "innermost"
                    let what = "\(policy.id) \(policy.slug), \(lists) lists, \(names)"
                    try expect(what, bound: Self.bounds[policy.id] ?? Self.bound) { count in
                        let texts = objects.map { $0.text(count, isOutermost: isOutermost, isRenamed: isRenamed) }
                        return try Self.cost(of: [policy], texts.joined(separator: "\n---\n"), set)
                    }
                }
            }
        }
    }

    /// Inputs of a few kilobytes that once took gigabytes.
    @Test(arguments: HostileShape.allCases)
    func hostileShapes(_ shape: HostileShape) throws {
        let set = PolicySet(library: try PolicyLibrary.embedded())
        let policies = PolicySelection().policies(among: set.policies)
        let many = try expect("\(shape)") { try Self.cost(of: policies, shape.text($0), set) }
        #expect(many.findings <= 80 * 60, "\(shape): \(many.findings) findings")
        #expect(many.steps <= 80 * 20_000, "\(shape): \(many.steps) steps")
    }

    /// - Returns: the cost of the larger input.
    @discardableResult
    private func expect(_ what: String, bound: Double = bound, _ cost: (Int) throws -> Cost) throws -> Cost {
        var (few, many) = (try cost(40), try cost(80))
        // Calls are remembered by where their arguments stand in memory: how many are forgotten early is chance.
        for _ in 0..<3 where Double(many.steps) > bound * Double(few.steps) {
            few.steps = min(few.steps, try cost(40).steps)
            many.steps = min(many.steps, try cost(80).steps)
        }
        // What is done once hides nothing when there is this much work.
        if few.steps > 500 {
            #expect(
                Double(many.steps) <= bound * Double(few.steps), "\(what): \(few.steps) steps, then \(many.steps)")
        }
        #expect(
            Double(many.findings) <= Self.bound * Double(few.findings) + 2,
            "\(what): \(few.findings) findings, then \(many.findings)")
        return many
    }

    static func copies(of text: String, _ count: Int, isRenamed: Bool) -> String {
        (0..<count).map { number in
            isRenamed ? text.replacing(/\bname: ("?)([A-Za-z0-9.-]+)/) { "name: \($0.1)\($0.2)-\(number)" } : text
        }.joined(separator: "\n---\n")
    }

    /// The steps of all turns, those for `data.inventory` and its indexes among them.
    static func cost(of policies: [Policy], _ text: String, _ set: PolicySet) throws -> Cost {
        let resources = ResourceReader().read(SourceFile(path: "input.yaml", text: text)).resources
        let (compiled, problems) = PolicyProgram.compile(policies, of: set)
        let program = try #require(compiled, "\(DiagnosticRenderer().render(problems))")
        let data = EvaluationData().document(for: policies, inventory: resources)
        let checks = CheckSet(program, data: data)
        var cost = Cost()
        for slot in checks.slots(given: .scene, among: Array(checks.checks.indices)) {
            // A machine of its own for each policy: what is kept from another one would hide what it costs.
            var judge = Judge(checks, selections: [[slot]], now: 1_767_225_600_000_000_000, stopped: nil)
            judge.budget.isForEachCheck = true
            var results = CheckResults()
            for resource in resources {
                let turns = results.turns
                judge.judge(Subject(resource), into: &results)
                if results.turns > turns { cost.steps += judge.evaluator.usedSteps }
            }
            #expect(results.faults.isEmpty, "\(results.faults.first?.message ?? "")")
            cost.findings += results.violations.count
        }
        return cost
    }
}

/// An object whose lists are made longer.
struct LongLists {
    private let root: Any

    init(_ document: Document) throws {
        root = try JSONSerialization.jsonObject(with: Data(JSONWriter.string(document.root).utf8))
    }

    /// The object as JSON.
    func text(_ count: Int, isOutermost: Bool, isRenamed: Bool) -> String {
        let longer = Self.longer(root, count, isOutermost, isRenamed)
        let data = (try? JSONSerialization.data(withJSONObject: longer)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    private static func longer(_ value: Any, _ count: Int, _ isOutermost: Bool, _ isRenamed: Bool) -> Any {
        if let members = value as? [String: Any] {
            return members.mapValues { longer($0, count, isOutermost, isRenamed) }
        }
        guard let items = value as? [Any] else { return value }
        if !isOutermost, items.contains(where: hasList) { return items.map { longer($0, count, isOutermost, isRenamed) } }
        return (0..<count).flatMap { number in isRenamed ? items.map { renamed($0, number) } : items }
    }

    private static func hasList(_ value: Any) -> Bool {
        if let members = value as? [String: Any] { return members.values.contains(where: hasList) }
        return value is [Any]
    }

    private static func renamed(_ item: Any, _ number: Int) -> Any {
        if let text = item as? String { return "\(text)-\(number)" }
        guard var members = item as? [String: Any], let name = members["name"] as? String else { return item }
        members["name"] = "\(name)-\(number)"
        return members
    }
}

/// Small manifests in which everything is related to everything.
enum HostileShape: String, CaseIterable {
    case budgets, autoscalers, isolation, copies

    func text(_ count: Int) -> String { (0..<count).map(text(number:)).joined(separator: "\n---\n") }

    private func text(number: Int) -> String {
        let workload = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web-\(number), labels: {app: web}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: main, image: registry.example/web:1.0.0}]}
            """
        switch self {
        case .budgets:
            return workload
                + """

                ---
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: web-\(number)}
                spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
                """
        case .autoscalers:
            return workload
                + """

                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web-\(number)}
                spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web-0}, minReplicas: 2, maxReplicas: 4}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web-\(number)}
                spec: {selector: {app: web}, ports: [{port: 80}]}
                """
        case .isolation:
            return workload
                + """

                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: web-\(number)}
                spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress], ingress: [{}]}
                """
        case .copies:
            return workload.replacingOccurrences(of: "web-\(number)", with: "web")
                + """

                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web}
                spec: {rules: [{host: web.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
                """
        }
    }
}
