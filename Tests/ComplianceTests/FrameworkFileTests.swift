import Catalogue
@testable import Compliance
import Diagnostics
import Inputs
import Testing

@Suite struct FrameworkFileTests {
    @Test func policiesNameClausesThatExist() throws {
        let library = try Checkout.library()
        let clauses = Dictionary(uniqueKeysWithValues: try Framework.all(in: library).map { ($0.id, Set($0.clauses.map(\.id))) })
        for policy in library.policies {
            for (framework, named) in policy.compliance {
                let known = clauses[framework]
                #expect(known != nil, "\(policy.id) names the framework \(framework)")
                for clause in named { #expect(known?.contains(clause) != false, "\(policy.id) names \(framework) \(clause)") }
            }
        }
        #expect(library.policies.count > 50)
    }

    @Test func citedRecommendationsExist() throws {
        let frameworks = try Framework.all(in: Checkout.library())
        let benchmark = try #require(frameworks.first { $0.id == "cis-k8s-1.8" })
        #expect(benchmark.clauses.count == 130)
        for framework in frameworks {
            for clause in framework.clauses {
                for name in clause.benchmark {
                    let exists = benchmark.clauses.contains {
                        name.hasSuffix("*") ? $0.id.hasPrefix(name.dropLast()) : $0.id == name
                    }
                    #expect(exists, "\(framework.id) \(clause.id) cites \(name)")
                }
            }
        }
    }

    @Test func sectionsHaveHeadings() throws {
        for framework in try Framework.all(in: Checkout.library()) where !framework.sections.isEmpty {
            #expect(Set(framework.clauses.map(framework.section)) == Set(framework.sections.keys), "\(framework.id)")
        }
    }

    /// The frameworks that name their evidence say why it is evidence, and ask a person for the rest.
    @Test(arguments: [("mlps-2.0-l3", 114), ("pci-dss", 82), ("nist-800-190", 24)])
    func evidenceIsJustified(_ name: String, _ count: Int) throws {
        let library = try Checkout.library()
        let policies = Set(library.policies.map(\.id))
        let framework = try #require(try Framework.all(in: library).first { $0.answers(to: name) })
        #expect(framework.clauses.count == count && framework.isSupporting)
        for clause in framework.clauses {
            for policy in clause.policies + clause.coverage.map(\.policy) {
                #expect(policies.contains(policy), "\(clause.id) names \(policy)")
            }
            if clause.evaluation == .attestation {
                #expect(clause.fallback == .manual && clause.policies.isEmpty && clause.benchmark.isEmpty, "\(clause.id)")
            } else {
                #expect(!(clause.policies.isEmpty && clause.benchmark.isEmpty), "\(clause.id) has no evidence")
                #expect(clause.why?.isEmpty == false, "\(clause.id)")
            }
        }
    }

    @Test func parametersAreThoseOfTheRules() throws {
        let text = SourceFile(path: "", bytes: try FileSystem.read(Checkout.root + "/policies/cis/defaults.rego"))
        let rules = text.text(in: 0..<text.bytes.count).split(separator: "settings := {")[1].prefix { $0 != "}" }
        let names = rules.split(separator: "\n").compactMap { line in
            line.split(separator: "\"").dropFirst().first.map(String.init)
        }
        #expect(Set(names) == ComplianceSettings.parameterNames)
    }
}
