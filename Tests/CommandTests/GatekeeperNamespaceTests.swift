import TestSupport
import Testing

/// Constraints whose templates look at the Namespace of an object, which is one of the run.
struct GatekeeperNamespaceTests {
    private func check(_ template: NamespaceTemplate) throws -> LintelRun {
        let folder = try TemporaryFolder()
        try folder.write([
            "policy.yaml": template.text,
            "objects/map.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, namespace: shop}}\n",
            "objects/zone.yaml": "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: blue}}}\n",
        ])
        return try LintelRun(
            ["check", "--no-builtin", "--missing-schemas", "skip", "--policy", "policy.yaml", "objects", "--format", "compact"],
            in: folder.url)
    }

    @Test(arguments: NamespaceTemplate.looking)
    func seeIt(_ template: NamespaceTemplate) throws {
        let run = try check(template)
        #expect(run.output.contains("found blue") && run.code == 1, "\(run.output)\(run.errors)")
    }

    @Test(arguments: NamespaceTemplate.judgingAlone)
    func seeTheObject(_ template: NamespaceTemplate) throws {
        let run = try check(template)
        #expect(run.output.contains("found ConfigMap") && run.code == 1, "\(run.output)\(run.errors)")
    }
}
