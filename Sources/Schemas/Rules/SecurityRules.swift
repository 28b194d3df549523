import Documents

/// `securityContext` of Pods and containers.
enum SecurityRules {
    private static let identities: ClosedRange<Int64> = 0...Int64(Int32.max)

    static func checkPod(_ context: Node, spec: Node) {
        guard context.isObject else { return }
        for field in [context["runAsUser"], context["runAsGroup"], context["fsGroup"]] { field.mustBe(in: identities) }
        for group in context["supplementalGroups"].elements { group.mustBe(in: identities) }
        var names: Set<Value> = []
        for sysctl in context["sysctls"].elements {
            let name = sysctl["name"]
            if name.isEmptyText {
                name.missing()
            } else {
                name.mustBe(sysctlName)
                name.mustNotRepeat("sysctl", in: &names)
            }
        }
        context["seLinuxChangePolicy"].oneOf(["Recursive", "MountOption"])
        checkProfiles(context)
        checkWindows(context["windowsOptions"])
    }

    static func checkContainer(_ context: Node) {
        guard context.isObject else { return }
        for field in [context["runAsUser"], context["runAsGroup"]] { field.mustBe(in: identities) }
        let escalation = context["allowPrivilegeEscalation"]
        if escalation.value.isFalse {
            if context["privileged"].isTrue {
                context.invalid("privileged: true and allowPrivilegeEscalation: false contradict each other")
            }
            if context["capabilities"]["add"].elements.contains(where: { $0.equals("CAP_SYS_ADMIN") }) {
                context.invalid("capability CAP_SYS_ADMIN and allowPrivilegeEscalation: false contradict each other")
            }
        }
        checkProfiles(context)
        checkWindows(context["windowsOptions"])
    }

    private static func checkProfiles(_ context: Node) {
        for (profile, what) in [(context["seccompProfile"], "seccomp"), (context["appArmorProfile"], "AppArmor")]
        where profile.isObject {
            let type = profile["type"]
            if type.isEmptyText { type.missing("type is required: RuntimeDefault, Localhost or Unconfined") }
            let local = profile["localhostProfile"]
            if type.equals("Localhost") {
                if local.isEmptyText {
                    local.missing("localhostProfile is required where the \(what) profile has type Localhost")
                }
                if what == "AppArmor" {
                    local.mustBe({
                        $0.first.map { $0 <= 0x20 } ?? false || $0.last.map { $0 <= 0x20 } ?? false
                            ? "may not begin or end with spaces" : nil
                    })
                } else {
                    local.mustBeRelativePath()
                }
            } else if local.isSet {
                local.invalid("localhostProfile may only be set where the \(what) profile has type Localhost")
            }
        }
    }

    private static func checkWindows(_ options: Node) {
        guard options.isObject else { return }
        let user = options["runAsUserName"]
        if user.value.kind == .string {
            if user.value.count == 0 {
                user.invalid("runAsUserName may not be empty")
            } else if user.text.count(where: { $0 == "\\" }) > 1 {
                user.invalid("runAsUserName may have one backslash only, between a domain and a user")
            }
        }
        options["gmsaCredentialSpecName"].mustBe(NameRule.dnsSubdomain)
    }

    private static func sysctlName(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        if text.count > 253 { return "has \(text.count) characters, 253 at most are allowed" }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == 0x2E || $0 == 0x2F }
        let isFine = parts.allSatisfy { part in
            guard let first = part.first, let last = part.last else { return false }
            return NameRule.isLowerAlphanumeric(first) && NameRule.isLowerAlphanumeric(last)
                && part.allSatisfy {
                    NameRule.isLowerAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F || NameRule.isAlphanumeric($0)
                }
        }
        return isFine ? nil : "must be words with dots between them, as kernel.shm_rmid_forced"
    }
}
