import Diagnostics
import Documents
import NIOCore
import NIOHTTP1
import Rego
import RegoRuntime
import RegoSyntax
import Text

/// The part of OPA's REST API that shows what is loaded: `/v1/policies`, `/v1/config` and `/v1/status`. Nothing can be
/// written through it.
package struct PolicyController: Sendable {
    let holder: PolicyHolder

    package init(holder: PolicyHolder) { self.holder = holder }

    package var routes: [Route] {
        [
            Route([.GET], "/v1/policies", .evaluation { request, lane, _ in lane == .patient ? list(request) : nil }),
            Route([.GET], "/v1/policies/*", .evaluation { request, lane, _ in lane == .patient ? policy(request) : nil }),
            Route([.GET], "/v1/config", .immediate { request in configuration(request) }),
            Route([.GET], "/v1/status", .immediate { request in status(request) }),
        ]
    }

    // MARK: Policies

    private func list(_ request: ServerRequest) -> ServerResponse {
        guard let active = holder.current else { return .notReady }
        return answer(.array(active.documents.modules.map(Self.json)))
    }

    private func policy(_ request: ServerRequest) -> ServerResponse {
        guard let active = holder.current else { return .notReady }
        let id = PercentEncoding.decoded(request.path.dropFirst("/v1/policies/".utf8.count))
        guard let module = active.documents.modules.first(where: { $0.file.path == id }) else {
            return .error(.notFound, "policy id \"\(id)\"")
        }
        return answer(Self.json(module))
    }

    private static func json(_ module: Module) -> SyntaxJSON {
        .object([
            .init("id", .string(module.file.path)), .init("raw", .string(module.file.text(in: 0..<module.file.bytes.count))),
            .init("ast", ASTJSON.json(of: module)),
        ])
    }

    private func answer(_ json: SyntaxJSON) -> ServerResponse {
        var body = Array("{\"result\":".utf8)
        JSONBytes.append(json, to: &body)
        var response = ServerResponse(.ok, body: body + Array("}\n".utf8))
        response.mayCompress = true
        return response
    }

    // MARK: Configuration and status

    private static var labels: SyntaxJSON { .object([.init("version", .string(BuildVersion.number))]) }

    /// What OPA's configuration says and holds here too.
    private func configuration(_ request: ServerRequest) -> ServerResponse {
        let bundles = (holder.current?.bundles ?? [:]).sorted { $0.key < $1.key }
        var members: [SyntaxJSON.Member] = [
            .init("labels", Self.labels), .init("default_decision", .string("/system/main")),
            .init("default_authorization_decision", .string("/system/authz/allow")),
        ]
        if !bundles.isEmpty {
            members.append(.init("bundles", .object(bundles.map { .init($0.key, .object([])) })))
        }
        return answer(.object(members))
    }

    /// Which bundles are active, and whether the newest could be loaded.
    private func status(_ request: ServerRequest) -> ServerResponse {
        let status = holder.status
        let bundles = (holder.current?.bundles ?? [:]).sorted { $0.key < $1.key }.map { name, revision in
            SyntaxJSON.Member(
                name,
                .object([
                    .init("name", .string(name)), .init("active_revision", .string(revision)),
                    .init("last_successful_activation", .string(WallClock.text(status.activated))),
                ]))
        }
        var state: [SyntaxJSON.Member] = [.init("state", .string(holder.current == nil ? "NOT_READY" : "OK"))]
        if let problem = status.problem { state.append(.init("message", .string(problem))) }
        var members: [SyntaxJSON.Member] = [.init("labels", Self.labels)]
        if !bundles.isEmpty { members.append(.init("bundles", .object(bundles))) }
        members.append(.init("plugins", .object([.init("bundle", .object(state))])))
        return answer(.object(members))
    }
}
