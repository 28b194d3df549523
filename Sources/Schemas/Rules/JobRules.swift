import Documents

/// Jobs and what CronJobs make.
struct JobRules {
    let spec: Node
    let release: Release
    /// Whether the spec is that of a CronJob's template.
    var isTemplate = false

    func check() {
        guard spec.isObject else {
            if !spec.isSet {
                spec["template"]["spec"]["containers"].missing("\(spec.path.fieldPath) is required: the Pods to run")
            }
            return
        }
        for field in [
            spec["parallelism"], spec["completions"], spec["activeDeadlineSeconds"], spec["backoffLimit"],
            spec["ttlSecondsAfterFinished"], spec["backoffLimitPerIndex"], spec["maxFailedIndexes"],
        ] { field.mustNotBeNegative() }
        checkIndexed()
        checkSelector()
        checkTemplate()
        checkFailurePolicy()
        checkSuccessPolicy()
        let manager = spec["managedBy"]
        if manager.value.kind == .string, release >= Release(major: 1, minor: 32) {
            let parts = manager.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            var domain = String(parts[0])
            if parts.count < 2 || parts[1].isEmpty || domain.withUTF8({ NameRule.dnsSubdomain($0) }) != nil {
                manager.invalid(
                    "managedBy is \(Wording.quoted(manager.text)), but must be a domain, '/' and a path",
                    hint: "as example.com/controller")
            } else if manager.value.count > 63 {
                manager.tooMany("managedBy has \(manager.value.count) characters, 63 at most are allowed")
            }
        }
    }

    /// A Job's name becomes a label of its Pods.
    static func checkName(_ name: Node, of spec: Node) {
        guard name.value.kind == .string, name.value.count > 0 else { return }
        if name.value.count > 63 {
            return name.invalid(
                "metadata.name has \(name.value.count) characters, but a Job's name is a label of its Pods, which may have 63")
        }
        guard spec["completionMode"].equals("Indexed"), let count = spec["completions"].integer, count > 0 else { return }
        var host = "\(name.text)-\(count - 1)"
        if let problem = host.withUTF8({ NameRule.dnsLabel($0) }) {
            name.invalid("the last Pod of the Job is called \(Wording.quoted(host)), but a host name \(Node.phrase(problem))")
        }
    }

    private func checkSuccessPolicy() {
        let policy = spec["successPolicy"]
        guard policy.isObject, release >= Release(major: 1, minor: 31) else { return }
        if !spec["completionMode"].equals("Indexed") {
            return policy.invalid("successPolicy may only be set where completionMode is Indexed")
        }
        let rules = policy["rules"]
        if rules.count == 0, !rules.isSet || rules.value.kind == .array { rules.missing("rules is required: at least one") }
        if rules.count > 20 { rules.tooMany("rules has \(rules.count) entries, 20 at most are allowed") }
        for rule in rules.elements where rule.isObject {
            let count = rule["succeededCount"]
            if !count.isSet, !rule["succeededIndexes"].isSet {
                rule.missing("\(rule.name) needs succeededCount or succeededIndexes")
            }
            count.mustBeAtLeast(1)
            let named = Self.checkIndexes(rule["succeededIndexes"], spec["completions"])
            if let number = count.integer, let named, number > named {
                count.invalid("succeededCount is \(number), more than succeededIndexes names (\(named))")
            }
            if let number = count.integer, let all = spec["completions"].integer, number > all {
                count.invalid("succeededCount is \(number), more than completions (\(all))")
            }
        }
    }

    /// Numbers and ranges in order, as `0,2-4`; gives how many they are, nil when there are none or they are wrong.
    private static func checkIndexes(_ indexes: Node, _ completions: Node) -> Int64? {
        guard indexes.value.kind == .string, indexes.value.count > 0 else { return nil }
        var last: Int64 = -1, count: Int64 = 0
        for part in indexes.text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let end = ends[ends.count - 1] else {
                indexes.invalid(
                    "succeededIndexes is \(Wording.quoted(indexes.text)), but must be numbers and ranges", hint: "as 0,2-4")
                return nil
            }
            if first <= last || end < first {
                indexes.invalid("succeededIndexes is \(Wording.quoted(indexes.text)), but must be in order")
                return nil
            }
            last = end
            count += end - first + 1
        }
        if let all = completions.integer, last >= all {
            indexes.invalid("succeededIndexes names \(last), but the last index is \(all - 1)")
            return nil
        }
        return count
    }

    private func checkIndexed() {
        let isIndexed = spec["completionMode"].equals("Indexed")
        let completions = spec["completions"]
        if isIndexed, !completions.isSet {
            completions.missing("completions is required where completionMode is Indexed")
        }
        if isIndexed, let number = spec["parallelism"].integer, number > 100_000 {
            spec["parallelism"].invalid(
                "parallelism is \(number), but may be 100000 at most where completionMode is Indexed")
        }
        for field in [spec["backoffLimitPerIndex"], spec["maxFailedIndexes"]] where field.isSet && !isIndexed {
            field.invalid("\(field.name) may only be set where completionMode is Indexed")
        }
        if spec["maxFailedIndexes"].isSet, !spec["backoffLimitPerIndex"].isSet {
            spec["backoffLimitPerIndex"].missing("backoffLimitPerIndex is required where maxFailedIndexes is set")
        }
        if let failed = spec["maxFailedIndexes"].integer, let all = completions.integer, failed > all {
            spec["maxFailedIndexes"].invalid("maxFailedIndexes is \(failed), more than completions (\(all))")
        }
        spec["podReplacementPolicy"].oneOf(["TerminatingOrFailed", "Failed"])
    }

    private func checkSelector() {
        let selector = spec["selector"]
        let isManual = spec["manualSelector"].isTrue
        if isTemplate {
            if selector.isSet {
                selector.invalid("selector may not be set in a CronJob: it is made for each Job", hint: "remove it")
            }
            if isManual { spec["manualSelector"].unsupported(["false"]) }
        } else if isManual {
            guard selector.isSet else { return selector.missing("selector is required where manualSelector is true") }
            SelectorRules.check(selector)
            if spec["template"].isObject { SelectorRules.mustSelect(selector, spec["template"]) }
        } else if selector.isSet {
            selector.invalid(
                "selector may not be set: it is made for each Job", hint: "remove it, or set manualSelector: true")
        }
    }

    private func checkTemplate() {
        let template = spec["template"]
        guard template.isObject else {
            if !template.isSet {
                template["spec"]["containers"].missing("\(template.path.fieldPath) is required: the Pods to run")
            }
            return
        }
        TemplateRules.checkMetadata(template["metadata"])
        let podSpec = template["spec"]
        PodRules(spec: podSpec, release: release).check()
        let policy = podSpec["restartPolicy"]
        if podSpec.isObject, policy.isEmptyText || policy.equals("Always") {
            let hint = "write restartPolicy: Never or restartPolicy: OnFailure"
            if policy.isEmptyText {
                policy.missing("restartPolicy is required in a Job: OnFailure or Never", hint: hint)
            } else {
                policy.inspection.report(
                    .missingField, policy.path, at: .value,
                    "restartPolicy is Always, but a Job needs OnFailure or Never", hint: hint)
            }
        }
    }

    private func checkFailurePolicy() {
        let policy = spec["podFailurePolicy"]
        guard policy.isObject else { return }
        let restart = spec["template"]["spec"]["restartPolicy"]
        if restart.equals("OnFailure") {
            restart.invalid("restartPolicy must be Never where podFailurePolicy is set")
        }
        if spec["podReplacementPolicy"].equals("TerminatingOrFailed") {
            spec["podReplacementPolicy"].unsupported(["Failed"])
        }
        if policy["rules"].count > 20 {
            policy["rules"].tooMany("rules has \(policy["rules"].count) entries, 20 at most are allowed")
        }
        for rule in policy["rules"].elements where rule.isObject {
            rule["action"].oneOf(["FailJob", "FailIndex", "Ignore", "Count"], isRequired: true)
            if rule["action"].equals("FailIndex"), !spec["backoffLimitPerIndex"].isSet {
                rule["action"].invalid("action FailIndex needs backoffLimitPerIndex")
            }
            let codes = rule["onExitCodes"]
            let conditions = rule["onPodConditions"]
            if codes.isSet, conditions.count > 0 {
                rule.invalid("onExitCodes and onPodConditions may not both be set", hint: "make them two rules")
            } else if !codes.isSet, conditions.count == 0 {
                rule.invalid("\(rule.name) needs onExitCodes or onPodConditions")
            }
            if codes.isObject {
                codes["operator"].oneOf(["In", "NotIn"], isRequired: true)
                if codes["values"].count == 0 { codes["values"].invalid("values needs at least one exit code") }
                checkCodes(codes)
                if codes["operator"].equals("In"), codes["values"].elements.contains(where: { $0.integer == 0 }) {
                    codes["values"].invalid("values may not have 0 where operator is In: it means success")
                }
            }
            for condition in conditions.elements where condition.isObject {
                condition["type"].mustExist(as: NameRule.qualifiedName)
                condition["status"].oneOf(["True", "False", "Unknown"])
            }
        }
    }

    private func checkCodes(_ codes: Node) {
        let numbers = codes["values"].elements.compactMap(\.integer)
        if Set(numbers).count < numbers.count {
            codes["values"].duplicate("values has a code twice")
        } else if numbers != numbers.sorted() {
            codes["values"].invalid(
                "values must be in order", hint: "write \(numbers.sorted().map(String.init).joined(separator: ", "))")
        }
        if numbers.count > 255 { codes["values"].tooMany("values has \(numbers.count) entries, 255 at most are allowed") }
        let name = codes["containerName"]
        guard name.value.kind == .string else { return }
        let podSpec = spec["template"]["spec"]
        let containers = Array(podSpec["containers"].elements) + Array(podSpec["initContainers"].elements)
        if !containers.contains(where: { $0["name"].value == name.value }) {
            name.invalid("no container is called \(Wording.quoted(name.text))")
        }
    }

    /// A CronJob's spec.
    static func checkCronJob(_ spec: Node, release: Release) {
        guard spec.isObject else {
            if !spec.isSet { spec["schedule"].missing("spec is required: its schedule and jobTemplate") }
            return
        }
        let schedule = spec["schedule"]
        if schedule.isEmptyText {
            schedule.missing("spec.schedule is required")
        } else if schedule.value.kind == .string, let problem = CronSchedule.problem(schedule.text) {
            let sentence = problem.hasPrefix("has") || problem.hasPrefix("may") ? "it \(problem)" : problem
            schedule.invalid("schedule \(Wording.quoted(schedule.text)) is not understood: \(sentence)")
        }
        spec["startingDeadlineSeconds"].mustNotBeNegative()
        spec["successfulJobsHistoryLimit"].mustNotBeNegative()
        spec["failedJobsHistoryLimit"].mustNotBeNegative()
        let zone = spec["timeZone"]
        if zone.isSet, zone.value.kind == .string {
            let text = zone.text
            if !TimeZones.contains(text) {
                zone.invalid(
                    "timeZone is \(Wording.quoted(text)), which is no time zone",
                    hint: TimeZones.nearest(to: text).map { "did you mean \($0)?" } ?? "write a name such as Europe/Berlin")
            }
        }
        MetadataRules.checkLabels(spec["jobTemplate"]["metadata"]["labels"])
        MetadataRules.checkAnnotations(spec["jobTemplate"]["metadata"]["annotations"])
        JobRules(spec: spec["jobTemplate"]["spec"], release: release, isTemplate: true).check()
    }
}
