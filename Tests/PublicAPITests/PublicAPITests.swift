import Foundation
import Testing

/// The example of `docs/public-api.md`, compiled as another package would compile it: without `package` declarations.
@Suite struct PublicAPITests {
    private static let policy = """
        package example

        deny contains msg if {
        	some container in input.spec.containers
        	endswith(container.image, ":latest")
        	msg := sprintf("%s has no fixed version", [container.name])
        }
        """

    @Test func example() {
        let manifest =
            "kind: Pod\n---\nkind: Pod\nspec:\n  containers:\n  - {name: web, image: web:latest}\n  - {name: db, image: db:1}\n"
        #expect(messages(policy: Self.policy, manifest: manifest) == ["line 3: web has no fixed version"])
        #expect(messages(policy: "package example\ndeny contains x if y", manifest: "")[0].hasPrefix("policy.rego:2:"))
        #expect(messages(policy: Self.policy, manifest: "a: [").contains { $0.hasPrefix("manifest.yaml:1:") })
    }

    @Test func thePageShowsTheExample() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let code = try String(contentsOf: folder.appendingPathComponent("Example.swift"), encoding: .utf8)
        let page = try String(contentsOf: folder.appendingPathComponent("../../docs/public-api.md"), encoding: .utf8)
        #expect(page.contains("```swift\n\(code)```\n"), "docs/public-api.md does not show Tests/PublicAPITests/Example.swift")
    }
}
