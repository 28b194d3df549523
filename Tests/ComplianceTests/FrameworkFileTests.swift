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
            #expect(Set(framework.clauses.map(\.section)) == Set(framework.sections.keys), "\(framework.id)")
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
