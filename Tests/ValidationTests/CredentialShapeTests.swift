import Foundation
import Judging
import Testing

/// What reports hide is what the library recognises.
@Suite struct CredentialShapeTests {
    @Test func shapesAreThoseOfTheLibrary() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("policies/lib/secrets.rego"), encoding: .utf8)
        #expect(text.contains("token_mark := `\(CredentialShapes.tokenMark)`"))
        #expect(text.contains("token_shape := `\(CredentialShapes.tokenShape)`"))
        #expect(text.contains("`\(CredentialShapes.addressShape)`"))
    }

    @Test(arguments: [
        ("key AKIAABCDEFGHIJKLMNOP is", "key ••• is"),
        ("see https://u:pa55-word@host/x", "see https://u:•••@host/x"),
        ("nothing to hide in nginx:1.2@sha256", "nothing to hide in nginx:1.2@sha256"),
    ])
    func tokensAreTakenOut(_ text: String, _ expected: String) { #expect(SecretScreen.withoutTokens(text) == expected) }
}
