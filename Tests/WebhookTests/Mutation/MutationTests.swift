import Catalogue
import Foundation
import NIOHTTP1
import Testing
@testable import Webhook

/// `POST /v1/mutate`: each case is applied twice, and the second time changes nothing.
struct MutationTests {
    struct Case: Sendable, CustomStringConvertible {
        var name: String
        var policy: String
        var object: String
        var want: String
        var isFailed: Bool
        var description: String { name }
    }

    static let cases: [Case] = {
        let file = ServedPolicies.fixtures.appendingPathComponent("mutations.json")
        guard let data = try? Data(contentsOf: file),
            let list = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]]
        else { return [] }
        return list.map { entry in
            Case(
                name: entry["name"] as? String ?? "", policy: "package main\n\n\(entry["policy"] as? String ?? "")\n",
                object: text(entry["object"] as Any), want: text(entry["want"] as Any),
                isFailed: entry["failed"] as? Bool ?? false)
        }
    }()

    private static func text(_ value: Any) -> String {
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// The response to a request about an object.
    private static func review(_ served: ServedPolicies, _ object: String, operation: String = "CREATE") throws
        -> ReviewedResponse
    {
        let request = AdmissionControllerTests.request(operation, object: object)
        let body = #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":\#(request)}"#
        let controller = MutationController(
            holder: served.holder, metrics: served.metrics, logger: ServedPolicies.logger)
        var state = WorkerState()
        let answer = controller.answer(ServedPolicies.request(.POST, "/v1/mutate", body: body), .patient, &state)
        return try ReviewedResponse(try #require(answer).body)
    }

    private static func patched(_ object: String, by answer: ReviewedResponse) throws -> String {
        guard let encoded = answer.response["patch"] as? String else { return object }
        #expect(answer.response["patchType"] as? String == "JSONPatch")
        let data = try #require(Data(base64Encoded: encoded))
        let operations = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        var value = try JSONSerialization.jsonObject(with: Data(object.utf8))
        for operation in operations { value = try PatchedJSON.apply(operation, to: value) }
        return text(value)
    }

    /// A pod that Gatekeeper's mutators change, by what the request says too.
    @Test func mutatorsChangeObjects() throws {
        let mutators = """
            apiVersion: mutations.gatekeeper.sh/v1
            kind: AssignMetadata
            metadata: {name: place}
            spec: {location: metadata.labels.place, parameters: {assign: {fromMetadata: {field: namespace}}}}
            ---
            apiVersion: mutations.gatekeeper.sh/v1beta1
            kind: Assign
            metadata: {name: updates}
            spec:
              applyTo: [{groups: [""], versions: [v1], kinds: [Pod], operations: [UPDATE]}]
              location: spec.updated
              parameters: {assign: {value: true}}
            ---
            apiVersion: mutations.gatekeeper.sh/v1
            kind: Assign
            metadata: {name: unfit}
            spec:
              applyTo: [{groups: [""], versions: [v1], kinds: [Pod]}]
              location: spec.list.field
              parameters: {assign: {value: 1}, pathTests: [{subPath: spec.list, condition: MustExist}]}

            """
        let served = try ServedPolicies(["mutators.yaml": mutators])
        func pod(_ spec: String) -> String {
            #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"shop"},"spec":\#(spec)}"#
        }
        let created = try Self.review(served, pod("{}"))
        #expect(created.annotations["mutated-by"] as? String == "AssignMetadata/place")
        #expect(try Self.patched(pod("{}"), by: created).contains(#""labels":{"place":"shop"}"#))
        let updated = try Self.patched(pod("{}"), by: try Self.review(served, pod("{}"), operation: "UPDATE"))
        #expect(updated.contains(#""updated":true"#))
        let failed = try Self.review(served, pod(#"{"list":[]}"#))
        #expect(failed.response["allowed"] as? Bool == false)
        #expect(failed.annotations["failed"] as? String == "Assign/unfit")
        #expect(failed.response["patch"] == nil)
    }

    @Test func thereAreCases() { #expect(Self.cases.count >= 40) }

    @Test(arguments: cases)
    func appliedTwice(test: Case) throws {
        let served = try ServedPolicies(["main.rego": test.policy], onError: .allow)
        let first = try Self.review(served, test.object)
        #expect(first.isAllowed == true)
        let result = try Self.patched(test.object, by: first)
        #expect(result == test.want)
        #expect((first.annotations["failed"] != nil) == test.isFailed)
        #expect(first.warnings.isEmpty != test.isFailed)
        let second = try Self.review(served, result)
        #expect(second.response["patch"] == nil)
    }

    @Test func aFailureRefusesWhereItMust() throws {
        let failing = try #require(Self.cases.first { $0.isFailed })
        let served = try ServedPolicies(["main.rego": failing.policy], onError: .deny)
        let answer = try Self.review(served, failing.object)
        #expect(answer.isAllowed == false)
        #expect(answer.status["code"] as? Int == 500)
        #expect(answer.message.contains("[main.mutate] could not change the object: "))
    }

    @Test(arguments: ["observe", "warn"])
    func onlyEnforcedOnesChange(mode: String) throws {
        let served = try ServedPolicies(["main.rego": Self.cases[0].policy], configuration: "admission: {mode: \(mode)}\n")
        let answer = try Self.review(served, Self.cases[0].object)
        #expect(answer.response["patch"] == nil)
        #expect(answer.annotations["would-be-mutated-by"] == "main.mutate")
    }

    @Test func whatGoesAwayStays() throws {
        let served = try ServedPolicies(["main.rego": Self.cases[0].policy])
        #expect(try Self.review(served, Self.cases[0].object, operation: "CONNECT").response["patch"] == nil)
    }
}

/// Applies JSON Patch as the API server does.
enum PatchedJSON {
    struct Problem: Error {
        var path: String
    }

    static func apply(_ operation: [String: Any], to root: Any) throws -> Any {
        let path = try steps(operation["path"])
        switch operation["op"] as? String {
        case "add": return try changed(root, path[...]) { insert(operation["value"] ?? NSNull(), into: $0, at: $1) }
        case "replace":
            return try changed(root, path[...]) { parent, key in
                remove(from: parent, at: key).flatMap { insert(operation["value"] ?? NSNull(), into: $0, at: key) }
            }
        case "remove": return try changed(root, path[...]) { remove(from: $0, at: $1) }
        case "move", "copy":
            let from = try steps(operation["from"])
            var value: Any = root
            for step in from {
                let next = (value as? [String: Any])?[step] ?? Int(step).flatMap { (value as? [Any])?[$0] }
                guard let next else { throw Problem(path: step) }
                value = next
            }
            let moved = value
            var rest = root
            if operation["op"] as? String == "move" { rest = try changed(root, from[...]) { remove(from: $0, at: $1) } }
            return try changed(rest, path[...]) { insert(moved, into: $0, at: $1) }
        default: throw Problem(path: "\(operation)")
        }
    }

    private static func steps(_ pointer: Any?) throws -> [String] {
        guard let text = pointer as? String, text.hasPrefix("/") else { throw Problem(path: "\(pointer ?? "")") }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
            $0.replacingOccurrences(of: "~1", with: "/").replacingOccurrences(of: "~0", with: "~")
        }
    }

    private static func changed(_ value: Any, _ path: ArraySlice<String>, _ change: (Any, String) -> Any?) throws -> Any {
        guard let step = path.first else { throw Problem(path: "") }
        if path.count == 1 {
            guard let result = change(value, step) else { throw Problem(path: step) }
            return result
        }
        if var object = value as? [String: Any], let member = object[step] {
            object[step] = try changed(member, path.dropFirst(), change)
            return object
        }
        if var list = value as? [Any], let index = Int(step), list.indices.contains(index) {
            list[index] = try changed(list[index], path.dropFirst(), change)
            return list
        }
        throw Problem(path: step)
    }

    private static func insert(_ new: Any, into parent: Any, at key: String) -> Any? {
        if var object = parent as? [String: Any] {
            object[key] = new
            return object
        }
        guard var list = parent as? [Any] else { return nil }
        let index = key == "-" ? list.count : Int(key) ?? -1
        guard (0...list.count).contains(index) else { return nil }
        list.insert(new, at: index)
        return list
    }

    private static func remove(from parent: Any, at key: String) -> Any? {
        if var object = parent as? [String: Any] { return object.removeValue(forKey: key) == nil ? nil : object }
        guard var list = parent as? [Any], let index = Int(key), list.indices.contains(index) else { return nil }
        list.remove(at: index)
        return list
    }
}
