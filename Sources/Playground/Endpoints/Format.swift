import Authoring
import Diagnostics
import Documents
import RegoSyntax

extension PlaygroundAPI {
    /// `POST /api/format`.
    func format(_ call: APICall) throws -> APIAnswer {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let reader = MemberReader(body.root)
        guard let text = try reader.string("text") else { throw PlaygroundError.badRequest("`text` is missing.") }
        let path = try reader.string("file") ?? "policies/policy.rego"
        let file = SourceFile(path: path, text: text)
        // Text of the time before OPA 1.0 keeps its dialect when that explains it.
        let versions: [RegoVersion] = [.v1, .v0]
        var failure: FormatFailure?
        for version in versions {
            switch Formatter.format(file, version: version) {
            case .success(let formatted):
                return .json(
                    .object([
                        ("text", .string(formatted)), ("changed", .bool(formatted != text)),
                        ("diff", .string(LineDiff.unified(text, formatted, path: path))), ("diagnostics", .array([])),
                    ]))
            case .failure(let found): failure = failure ?? found
            }
        }
        return .json(
            .object([
                ("changed", .bool(false)), ("diff", .string("")),
                ("diagnostics", .diagnostics(failure?.diagnostics ?? [])),
            ]))
    }
}
