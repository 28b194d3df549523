import Documents
import Testing

@testable import Playground

@Suite struct ContentTests {
    private func workspace(_ json: Value, _ more: [(String, JSON)] = []) -> JSON {
        .object(
            ["policies", "tests", "inputs", "sources", "data", "parameters", "configuration"].map {
                ($0, .value(json.field(named: $0)))
            } + more)
    }

    @Test func everyTutorialStepRefusesItsStartAndAcceptsItsSolution() async throws {
        let client = try Client()
        let list = try await client.get("/api/tutorial")
        let steps = list.json.at("steps").items
        #expect(steps.count == 10)
        for step in steps {
            let id = step.at("id").stringValue ?? ""
            #expect((step.at("hints").items.count) > 0 && step.at("text").items.count > 1, "step \(id)")
            let start = try await client.post("/api/tutorial/\(id)", workspace(step.at("workspace")))
            #expect(start.status == 200 && start.json.at("correct").isFalse, "step \(id) is correct from the start")
            var files: [(String, JSON)] = [
                ("policies", .array([Workspace.File(path: "main.rego", text: step.at("solution").stringValue ?? "").json]))
            ]
            if let tests = step.at("solutionTests").stringValue {
                files.append(("tests", .array([Workspace.File(path: "main_test.rego", text: tests).json])))
            }
            let solved = try await client.post("/api/tutorial/\(id)", .object(files))
            #expect(solved.json.at("correct").isTrue, "step \(id): \(solved.text)")
        }
        withExtendedLifetime(list) {}
    }

    @Test func wrongAnswersAreToldWhatWasSeen() async throws {
        let policy = "package main\n\nname := \"web\"\n"
        let reply = try await Client().post("/api/tutorial/01-values", body(policies: ["main.rego": policy]))
        #expect(reply.json.at("correct").isFalse)
        #expect(reply.json.at("checks.0.passed").isTrue)
        #expect(reply.json.at("checks.1.detail").stringValue == #"data.main.name is "web", not "calm""#)
    }

    @Test func everyTemplateReportsSomethingAndItsTestsPass() async throws {
        let client = try Client()
        let list = try await client.get("/api/templates")
        let templates = list.json.at("templates").items
        #expect(templates.count == 12)
        for template in templates {
            let id = template.at("id").stringValue ?? ""
            let files = workspace(template.at("workspace"))
            let found = try await client.post("/api/evaluate", files)
            #expect(found.json.at("diagnostics").count == 0, "\(id): \(found.json.at("diagnostics").written)")
            #expect(found.json.at("violations").count > 0, "\(id)")
            #expect(found.json.at("summary.nothingEvaluated").isUndefined, "\(id)")
            // Every place is inside the object, not the object as a whole, or the policy is about the whole.
            let tests = try await client.post("/api/test", files)
            #expect(
                tests.json.at("counts.fail").written == "0" && tests.json.at("counts.error").written == "0",
                "\(id): \(tests.text)")
            for file in template.at("workspace.policies").items + template.at("workspace.tests").items
            where file.at("path").stringValue?.hasSuffix(".rego") == true {
                let formatted = try await client.post("/api/format", .object([("text", .value(file.field("text")))]))
                #expect(formatted.json.at("changed").isFalse, "\(id): \(formatted.json.at("diff").stringValue ?? "")")
            }
        }
        withExtendedLifetime(list) {}
    }

    @Test func samplesAreManifests() async throws {
        let client = try Client()
        let list = try await client.get("/api/samples")
        let samples = list.json.at("samples").items
        #expect(samples.count == 7)
        let policy = "package main\n\ndeny contains \"seen\" if input.kind\n"
        for sample in samples {
            let file = sample.at("file")
            let reply = try await client.post(
                "/api/evaluate",
                .object([
                    ("policies", .array([Workspace.File(path: "main.rego", text: policy).json])),
                    ("inputs", .array([.value(file)])),
                ]))
            #expect(
                reply.json.at("violations").count > 0 && reply.json.at("diagnostics").count == 0, "\(sample.at("id").written)")
            #expect(sample.at("title").stringValue != "" && sample.at("text").stringValue != "")
        }
        withExtendedLifetime(list) {}
    }

    @Test func everyPolicyOfTheGalleryComesWithTestsThatPass() async throws {
        let client = try Client()
        let list = try await client.get("/api/gallery")
        for (number, policy) in list.json.at("policies").items.enumerated() {
            let id = policy.at("id").stringValue ?? ""
            let entry = try await client.get("/api/gallery/\(id)")
            #expect(entry.json.at("workspace.tests").count > 0, "\(id)")
            if number % 12 != 0 { continue }
            let tests = try await client.post("/api/test", workspace(entry.json.at("workspace")))
            #expect(tests.json.at("diagnostics").count == 0, "\(id): \(tests.json.at("diagnostics").written)")
            #expect(tests.json.at("counts.pass").intValue ?? 0 > 0, "\(id)")
            #expect(
                tests.json.at("counts.fail").written == "0" && tests.json.at("counts.error").written == "0",
                "\(id): \(tests.json.at("counts").written)")
        }
        withExtendedLifetime(list) {}
    }

    @Test func everyPolicyOfTheGalleryFindsItsFailuresAndLeavesItsPassesAlone() async throws {
        let client = try Client()
        let list = try await client.get("/api/gallery")
        let policies = list.json.at("policies").items
        #expect(policies.count > 100)
        var count = 0
        for policy in policies {
            let id = policy.at("id").stringValue ?? ""
            let entry = try await client.get("/api/gallery/\(id)")
            let inputs = entry.json.at("workspace.inputs").items
            guard inputs.contains(where: { $0.at("path").stringValue == "fail.yaml" }) else { continue }
            count += 1
            // These compare with an earlier state, or with the places of all objects.
            if ["LT-GIT-003", "LT-REF-018"].contains(id) { continue }
            // Always those that merge others, and those for all workloads, for lasting ones and for kinds of former versions.
            let always = ["LT-POD-066", "LT-POD-067", "LT-RES-011", "LT-POD-001", "LT-REL-001", "LT-API-001"]
            if count % 8 != 0 && !always.contains(id) { continue }
            let reply = try await client.post("/api/evaluate", workspace(entry.json.at("workspace")))
            let files = Set(reply.json.at("violations").items.compactMap { $0.at("at.file").stringValue })
            #expect(reply.json.at("diagnostics").count == 0, "\(id): \(reply.json.at("diagnostics").written)")
            #expect(files == ["inputs/fail.yaml"], "\(id)")
            withExtendedLifetime(entry) {}
        }
        #expect(count > 100)
        withExtendedLifetime(list) {}
    }

    @Test func everyBuiltinIsExplained() async throws {
        let list = try await Client().get("/api/builtins")
        let builtins = list.json.at("builtins").items
        #expect(builtins.count > 190)
        for builtin in builtins {
            #expect(builtin.at("text").stringValue != "", "\(builtin.at("name").written)")
            #expect(builtin.at("category").stringValue != "", "\(builtin.at("name").written)")
            #expect(builtin.at("signature").stringValue?.contains("x1") == false, "\(builtin.at("signature").written)")
        }
        let names = Set(builtins.compactMap { $0.at("name").stringValue })
        #expect(names.contains("sprintf") && names.contains("regex.match"))
        withExtendedLifetime(list) {}
    }
}
