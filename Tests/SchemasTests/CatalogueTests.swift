import Schemas
import Testing

/// The catalogue inside the program: kinds, releases, and what patches need to know about fields.
struct CatalogueTests {
    private let catalogue = TypeCatalogue.builtin

    @Test func knowsEveryRelease() {
        #expect(catalogue.releases.first == Release(major: 1, minor: 23))
        #expect(catalogue.newest == Release(major: 1, minor: 36))
    }

    @Test func kindsComeAndGo() throws {
        let cronJob = try #require(catalogue.kind(group: "batch", version: "v1beta1", kind: "CronJob"))
        #expect(cronJob.exists(in: Release(major: 1, minor: 24)))
        #expect(!cronJob.exists(in: Release(major: 1, minor: 25)))
        #expect(catalogue.shape(of: cronJob, in: Release(major: 1, minor: 36)) == nil)
    }

    @Test(arguments: [
        (["spec", "template", "spec", "containers"], "name", ["name"]),
        (["spec", "template", "spec", "containers", "ports"], "containerPort", ["containerPort", "protocol"]),
        (["spec", "template", "spec", "containers", "env"], "name", ["name"]),
        (["spec", "template", "spec", "containers", "volumeMounts"], "mountPath", ["mountPath"]),
    ])
    func listsHaveMergeKeys(path: [String], mergeKey: String, listKeys: [String]) throws {
        let type = TypeReference(group: "apps", version: "v1", kind: "Deployment")
        let field = try #require(catalogue.field(path, of: type))
        #expect(field.patchMergeKey == mergeKey)
        #expect(field.patchStrategy == "merge")
        #expect(field.listKeys == listKeys)
    }

    @Test func damagedCataloguesAreRefusedOrHarmless() {
        #expect(TypeCatalogue([]) == nil)
        #expect(TypeCatalogue(Array("LTC1".utf8)) == nil)
        let cut = Array("LTC1".utf8) + [UInt8](repeating: 0, count: 20)
        #expect(TypeCatalogue(cut)?.allKinds.isEmpty == true)
    }
}
