import Kustomize
import TestSupport
import Testing

/// What kustomize's own tests and real overlays expect, byte for byte.
struct ConformanceTests {
    @Test(
        .enabled(if: ConformanceData.isUsed("rendering/kustomize"), "no conformance data"),
        arguments: ["krusty", "plugin", "filters", "overlays"])
    func prints(_ set: String) throws {
        let cases = try RenderingCase.all(set)
        #expect(cases.count > 40)
        for item in cases where item.ambiguous == nil {
            let build = item.run()
            if item.error != nil {
                #expect(build.hasErrors, "\(item.name) must be refused")
                continue
            }
            #expect(build.errors == "", "\(item.name)")
            #expect(build.yaml() == item.expectedBuild ?? item.expected, "\(item.name)")
        }
    }

    /// Errors have the reason that the suites name, and a place unless they are about a missing file or folder.
    @Test(
        .enabled(if: ConformanceData.isUsed("rendering/kustomize"), "no conformance data"),
        arguments: ["krusty", "plugin", "filters"])
    func refuses(_ set: String) throws {
        for item in try RenderingCase.all(set) {
            for reason in item.error ?? []
            where reason.how == "contains" && item.cliError?.contains(reason.text) ?? false {
                #expect(item.run().errors.contains(reason.text), "\(item.name)")
            }
        }
    }
}
