import Diagnostics
import Foundation
import RegoSyntax
import TestSupport
import Testing

/// Every module of the public suites must parse.
@Suite struct ConformanceParseTests {
    @Test(.enabled(if: ConformanceData.isUsed("rego-v1"), "no conformance data"))
    func parsesEverySuiteModule() throws {
        let sources = try RegoCorpus.suiteModules() + RegoCorpus.gatekeeperModules()
        #expect(sources.count > 1500)
        for source in sources {
            let (_, problems) = Parser.parseModule(source.file, version: source.version)
            #expect(problems.isEmpty, "\(source.name): \(DiagnosticRenderer().render(problems))")
        }
    }
}
