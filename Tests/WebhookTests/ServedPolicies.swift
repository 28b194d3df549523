import Catalogue
import Diagnostics
import Documents
import Foundation
import Judging
import Logging
import NIOCore
import NIOHTTP1
import RegoNetwork
import RegoRuntime
import Testing
@testable import Webhook

/// Policies from texts, served without sockets.
struct ServedPolicies {
    let holder = PolicyHolder()
    let metrics = ServeMetrics(MetricsRegistry())
    var limits = ServerLimits()

    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
    static let package = fixtures.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Writes modules and a configuration into a folder of their own and loads them as `lintel serve` does.
    init(
        _ modules: [String: String] = [:], configuration: String = "", builtin: Bool = false,
        profiles: [String] = ["recommended"],
        onError: ErrorMode? = nil, network: NetworkAccess? = nil, speaksAsGatekeeper: Bool = false
    ) throws {
        var contents = try Self.contents(modules, configuration, builtin: builtin, profiles: profiles, onError: onError)
        contents.options.data.network = network
        contents.options.speaksAsGatekeeper = speaksAsGatekeeper
        let problems = contents.problems.filter { $0.severity == .error }
        try #require(problems.isEmpty, "\(problems.map(\.message))")
        let set = try #require(contents.set)
        let (policies, found) = ActivePolicies.make(set, options: contents.options, revision: "test")
        holder.activate(try #require(policies, "\(found.map(\.message))"))
    }

    static func contents(
        _ modules: [String: String], _ configuration: String, builtin: Bool, profiles: [String], onError: ErrorMode?
    ) throws -> PolicySource.Contents {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-serve-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in modules { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        let set = PolicySet(
            library: try PolicyLibrary.embedded(),
            user: modules.isEmpty ? UserPolicies() : UserPolicies(reading: [folder.path]))
        var options = AdmissionPolicies.Options()
        var problems = set.user.problems
        if !configuration.isEmpty {
            let file = SourceFile(path: "lintel.yaml", text: configuration)
            let read = ConfigurationReader.read(file, policies: set.policies)
            options.data.configuration = read.configuration
            problems += read.problems
        }
        options.selection.profiles = profiles
        options.selection.usesBuiltin = builtin
        options.selection.skip = options.data.configuration.skip
        options.data.userData = set.user.data
        options.onError = onError ?? .deny
        options.overridesOnError = onError != nil
        return PolicySource.Contents(set: set, options: options, problems: problems)
    }

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    var controller: AdmissionController {
        AdmissionController(holder: holder, metrics: metrics, logger: Self.logger, limits: limits)
    }

    /// The answer to a body; in the patient lane unless told otherwise.
    func post(_ body: String, to path: String = "/v1/admit", lane: Lane = .patient) -> ServerResponse? {
        var state = WorkerState()
        return controller.answer(Self.request(.POST, path, body: body), lane, &state)
    }

    static func request(_ method: HTTPMethod, _ target: String, body: String, headers: HTTPHeaders = [:]) -> ServerRequest {
        let parts = target.split(separator: "?", maxSplits: 1)
        let now = MonotonicClock.now()
        return ServerRequest(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "", headers: headers,
            body: ByteBuffer(string: body), remoteAddress: "127.0.0.1:1", arrival: now, deadline: now + 5_000_000_000)
    }

    /// The `response` of the answer to a request.
    func review(_ request: String, version: String = "v1", to path: String = "/v1/admit") throws -> ReviewedResponse {
        let body = #"{"apiVersion":"admission.k8s.io/\#(version)","kind":"AdmissionReview","request":\#(request)}"#
        let answer = try #require(post(body, to: path))
        #expect(answer.status == .ok)
        return try ReviewedResponse(answer.body)
    }
}

/// An answer as a client reads it.
struct ReviewedResponse {
    let json: [String: Any]
    let response: [String: Any]

    init(_ body: [UInt8]) throws {
        json = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
        response = try #require(json["response"] as? [String: Any])
        #expect(APITypes.shared.problems(of: json, as: "AdmissionReview") == [])
    }

    var isAllowed: Bool? { response["allowed"] as? Bool }
    var status: [String: Any] { response["status"] as? [String: Any] ?? [:] }
    var message: String { status["message"] as? String ?? "" }
    var warnings: [String] { response["warnings"] as? [String] ?? [] }
    var annotations: [String: String] { response["auditAnnotations"] as? [String: String] ?? [:] }
}

/// Field names and types of the Kubernetes API (`k8s.io/api/admission/v1`, `k8s.io/apimachinery/pkg/apis/meta/v1`).
struct APITypes: @unchecked Sendable {
    static let shared = APITypes()
    private let types: [String: [String: Any]]

    init() {
        let file = ServedPolicies.fixtures.appendingPathComponent("admission-types.json")
        let data = (try? Data(contentsOf: file)) ?? Data()
        types = (try? JSONSerialization.jsonObject(with: data) as? [String: [String: Any]]) ?? [:]
    }

    /// What about a value the API server could not read.
    func problems(of value: Any, as type: String) -> [String] {
        if let fields = types[type] {
            guard let object = value as? [String: Any] else { return ["\(type) is no object"] }
            let required = types["required"]?[type] as? [String] ?? []
            return required.filter { object[$0] == nil }.map { "\(type).\($0) is missing" }
                + object.flatMap { name, member -> [String] in
                    guard let kind = fields[name] as? String else { return ["\(type).\(name) is not a field"] }
                    return problems(of: member, as: kind).map { "\(type).\(name): \($0)" }
                }
        }
        let isBool = CFBooleanTest.isBool(value)
        let fits: Bool =
            switch type {
            case "string", "base64": value is String
            case "bool": isBool
            case "int32", "int64": !isBool && value is Int
            case "object": value is [String: Any]
            case "[]string": value is [String]
            case "map[string]string": value is [String: String]
            default: false
            }
        return fits ? [] : ["\(value) is no \(type)"]
    }
}

enum CFBooleanTest {
    /// Numbers of JSON are no booleans although they bridge to them.
    static func isBool(_ value: Any) -> Bool {
        guard let number = value as? NSNumber else { return false }
        return String(cString: number.objCType) == "c"
    }
}
