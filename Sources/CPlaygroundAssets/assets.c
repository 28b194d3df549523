/* Made by list.sh; see there. */
#include "playground_assets.h"

static const unsigned char file_0[] = {
#embed "../../docs/playground.openapi.yaml"
};

static const unsigned char file_1[] = {
#embed "../Playground/content/help/fields.txt"
};

static const unsigned char file_2[] = {
#embed "../Playground/content/samples/cronjob.yaml"
};

static const unsigned char file_3[] = {
#embed "../Playground/content/samples/deployment.yaml"
};

static const unsigned char file_4[] = {
#embed "../Playground/content/samples/hardened.yaml"
};

static const unsigned char file_5[] = {
#embed "../Playground/content/samples/network-policy.yaml"
};

static const unsigned char file_6[] = {
#embed "../Playground/content/samples/rbac.yaml"
};

static const unsigned char file_7[] = {
#embed "../Playground/content/samples/review.json"
};

static const unsigned char file_8[] = {
#embed "../Playground/content/samples/service-ingress.yaml"
};

static const unsigned char file_9[] = {
#embed "../Playground/content/templates/admission/about.yaml"
};

static const unsigned char file_10[] = {
#embed "../Playground/content/templates/admission/inputs/review.json"
};

static const unsigned char file_11[] = {
#embed "../Playground/content/templates/admission/policies/admission.rego"
};

static const unsigned char file_12[] = {
#embed "../Playground/content/templates/chart/about.yaml"
};

static const unsigned char file_13[] = {
#embed "../Playground/content/templates/chart/policies/workload.rego"
};

static const unsigned char file_14[] = {
#embed "../Playground/content/templates/chart/sources/shop/Chart.yaml"
};

static const unsigned char file_15[] = {
#embed "../Playground/content/templates/chart/sources/shop/templates/_helpers.tpl"
};

static const unsigned char file_16[] = {
#embed "../Playground/content/templates/chart/sources/shop/templates/deployment.yaml"
};

static const unsigned char file_17[] = {
#embed "../Playground/content/templates/chart/sources/shop/templates/service.yaml"
};

static const unsigned char file_18[] = {
#embed "../Playground/content/templates/chart/sources/shop/values-prod.yaml"
};

static const unsigned char file_19[] = {
#embed "../Playground/content/templates/chart/sources/shop/values.yaml"
};

static const unsigned char file_20[] = {
#embed "../Playground/content/templates/conftest/about.yaml"
};

static const unsigned char file_21[] = {
#embed "../Playground/content/templates/conftest/inputs/web.yaml"
};

static const unsigned char file_22[] = {
#embed "../Playground/content/templates/conftest/policies/policy.rego"
};

static const unsigned char file_23[] = {
#embed "../Playground/content/templates/constraint/about.yaml"
};

static const unsigned char file_24[] = {
#embed "../Playground/content/templates/constraint/inputs/namespaces.yaml"
};

static const unsigned char file_25[] = {
#embed "../Playground/content/templates/constraint/policies/constraint.yaml"
};

static const unsigned char file_26[] = {
#embed "../Playground/content/templates/constraint/policies/template.yaml"
};

static const unsigned char file_27[] = {
#embed "../Playground/content/templates/cross/about.yaml"
};

static const unsigned char file_28[] = {
#embed "../Playground/content/templates/cross/inputs/shop.yaml"
};

static const unsigned char file_29[] = {
#embed "../Playground/content/templates/cross/policies/selector.rego"
};

static const unsigned char file_30[] = {
#embed "../Playground/content/templates/deny/about.yaml"
};

static const unsigned char file_31[] = {
#embed "../Playground/content/templates/deny/inputs/deployment.yaml"
};

static const unsigned char file_32[] = {
#embed "../Playground/content/templates/deny/policies/main.rego"
};

static const unsigned char file_33[] = {
#embed "../Playground/content/templates/deny/tests/main_test.rego"
};

static const unsigned char file_34[] = {
#embed "../Playground/content/templates/exceptions/about.yaml"
};

static const unsigned char file_35[] = {
#embed "../Playground/content/templates/exceptions/inputs/pods.yaml"
};

static const unsigned char file_36[] = {
#embed "../Playground/content/templates/exceptions/lintel.yaml"
};

static const unsigned char file_37[] = {
#embed "../Playground/content/templates/exceptions/policies/images.rego"
};

static const unsigned char file_38[] = {
#embed "../Playground/content/templates/gatekeeper/about.yaml"
};

static const unsigned char file_39[] = {
#embed "../Playground/content/templates/gatekeeper/inputs/namespace.yaml"
};

static const unsigned char file_40[] = {
#embed "../Playground/content/templates/gatekeeper/parameters.yaml"
};

static const unsigned char file_41[] = {
#embed "../Playground/content/templates/gatekeeper/policies/required_labels.rego"
};

static const unsigned char file_42[] = {
#embed "../Playground/content/templates/library/about.yaml"
};

static const unsigned char file_43[] = {
#embed "../Playground/content/templates/library/inputs/cronjob.yaml"
};

static const unsigned char file_44[] = {
#embed "../Playground/content/templates/library/inputs/deployment.yaml"
};

static const unsigned char file_45[] = {
#embed "../Playground/content/templates/library/policies/team.rego"
};

static const unsigned char file_46[] = {
#embed "../Playground/content/templates/overlays/about.yaml"
};

static const unsigned char file_47[] = {
#embed "../Playground/content/templates/overlays/policies/workload.rego"
};

static const unsigned char file_48[] = {
#embed "../Playground/content/templates/overlays/sources/base/deployment.yaml"
};

static const unsigned char file_49[] = {
#embed "../Playground/content/templates/overlays/sources/base/kustomization.yaml"
};

static const unsigned char file_50[] = {
#embed "../Playground/content/templates/overlays/sources/overlays/dev/kustomization.yaml"
};

static const unsigned char file_51[] = {
#embed "../Playground/content/templates/overlays/sources/overlays/prod/kustomization.yaml"
};

static const unsigned char file_52[] = {
#embed "../Playground/content/templates/overlays/sources/overlays/prod/replicas.yaml"
};

static const unsigned char file_53[] = {
#embed "../Playground/content/templates/tests/about.yaml"
};

static const unsigned char file_54[] = {
#embed "../Playground/content/templates/tests/inputs/pod.yaml"
};

static const unsigned char file_55[] = {
#embed "../Playground/content/templates/tests/policies/image.rego"
};

static const unsigned char file_56[] = {
#embed "../Playground/content/templates/tests/tests/image_test.rego"
};

static const unsigned char file_57[] = {
#embed "../Playground/content/templates/warn/about.yaml"
};

static const unsigned char file_58[] = {
#embed "../Playground/content/templates/warn/data/allowed/data.yaml"
};

static const unsigned char file_59[] = {
#embed "../Playground/content/templates/warn/inputs/deployment.yaml"
};

static const unsigned char file_60[] = {
#embed "../Playground/content/templates/warn/policies/registries.rego"
};

static const unsigned char file_61[] = {
#embed "../Playground/content/templates/warn/tests/registries_test.rego"
};

static const unsigned char file_62[] = {
#embed "../Playground/content/tutorial/01-values.yaml"
};

static const unsigned char file_63[] = {
#embed "../Playground/content/tutorial/02-undefined.yaml"
};

static const unsigned char file_64[] = {
#embed "../Playground/content/tutorial/03-conditions.yaml"
};

static const unsigned char file_65[] = {
#embed "../Playground/content/tutorial/04-deny.yaml"
};

static const unsigned char file_66[] = {
#embed "../Playground/content/tutorial/05-some.yaml"
};

static const unsigned char file_67[] = {
#embed "../Playground/content/tutorial/06-not.yaml"
};

static const unsigned char file_68[] = {
#embed "../Playground/content/tutorial/07-functions.yaml"
};

static const unsigned char file_69[] = {
#embed "../Playground/content/tutorial/08-sets.yaml"
};

static const unsigned char file_70[] = {
#embed "../Playground/content/tutorial/09-every.yaml"
};

static const unsigned char file_71[] = {
#embed "../Playground/content/tutorial/10-tests.yaml"
};

static const unsigned char file_72[] = {
#embed "../Playground/web/css/base.css"
};

static const unsigned char file_73[] = {
#embed "../Playground/web/css/dialogs.css"
};

static const unsigned char file_74[] = {
#embed "../Playground/web/css/editor.css"
};

static const unsigned char file_75[] = {
#embed "../Playground/web/css/layout.css"
};

static const unsigned char file_76[] = {
#embed "../Playground/web/css/results.css"
};

static const unsigned char file_77[] = {
#embed "../Playground/web/icon.svg"
};

static const unsigned char file_78[] = {
#embed "../Playground/web/index.html"
};

static const unsigned char file_79[] = {
#embed "../Playground/web/js/api.js"
};

static const unsigned char file_80[] = {
#embed "../Playground/web/js/app.js"
};

static const unsigned char file_81[] = {
#embed "../Playground/web/js/commands.js"
};

static const unsigned char file_82[] = {
#embed "../Playground/web/js/dialog.js"
};

static const unsigned char file_83[] = {
#embed "../Playground/web/js/dom.js"
};

static const unsigned char file_84[] = {
#embed "../Playground/web/js/editor-codemirror.js"
};

static const unsigned char file_85[] = {
#embed "../Playground/web/js/editor-plain.js"
};

static const unsigned char file_86[] = {
#embed "../Playground/web/js/evaluator.js"
};

static const unsigned char file_87[] = {
#embed "../Playground/web/js/files.js"
};

static const unsigned char file_88[] = {
#embed "../Playground/web/js/group.js"
};

static const unsigned char file_89[] = {
#embed "../Playground/web/js/help.js"
};

static const unsigned char file_90[] = {
#embed "../Playground/web/js/keep.js"
};

static const unsigned char file_91[] = {
#embed "../Playground/web/js/layout.js"
};

static const unsigned char file_92[] = {
#embed "../Playground/web/js/main.js"
};

static const unsigned char file_93[] = {
#embed "../Playground/web/js/notices.js"
};

static const unsigned char file_94[] = {
#embed "../Playground/web/js/rego-mode.js"
};

static const unsigned char file_95[] = {
#embed "../Playground/web/js/results.js"
};

static const unsigned char file_96[] = {
#embed "../Playground/web/js/results/admission.js"
};

static const unsigned char file_97[] = {
#embed "../Playground/web/js/results/coverage.js"
};

static const unsigned char file_98[] = {
#embed "../Playground/web/js/results/fix.js"
};

static const unsigned char file_99[] = {
#embed "../Playground/web/js/results/output.js"
};

static const unsigned char file_100[] = {
#embed "../Playground/web/js/results/parts.js"
};

static const unsigned char file_101[] = {
#embed "../Playground/web/js/results/problems.js"
};

static const unsigned char file_102[] = {
#embed "../Playground/web/js/results/profile.js"
};

static const unsigned char file_103[] = {
#embed "../Playground/web/js/results/rendered.js"
};

static const unsigned char file_104[] = {
#embed "../Playground/web/js/results/tests.js"
};

static const unsigned char file_105[] = {
#embed "../Playground/web/js/results/trace.js"
};

static const unsigned char file_106[] = {
#embed "../Playground/web/js/results/values.js"
};

static const unsigned char file_107[] = {
#embed "../Playground/web/js/results/violations.js"
};

static const unsigned char file_108[] = {
#embed "../Playground/web/js/share.js"
};

static const unsigned char file_109[] = {
#embed "../Playground/web/js/start.js"
};

static const unsigned char file_110[] = {
#embed "../Playground/web/js/store.js"
};

static const unsigned char file_111[] = {
#embed "../Playground/web/js/toolbar.js"
};

static const unsigned char file_112[] = {
#embed "../Playground/web/js/tree.js"
};

static const unsigned char file_113[] = {
#embed "../Playground/web/js/tutorial.js"
};

static const unsigned char file_114[] = {
#embed "../Playground/web/js/uploads.js"
};

static const unsigned char file_115[] = {
#embed "../Playground/web/js/workspace.js"
};

#if __has_embed("/usr/share/javascript/codemirror/lib/codemirror.js")
static const unsigned char editor_0[] = {
#embed "/usr/share/javascript/codemirror/lib/codemirror.js"
};
static const unsigned char editor_1[] = {
#embed "/usr/share/javascript/codemirror/lib/codemirror.css"
};
static const unsigned char editor_2[] = {
#embed "/usr/share/javascript/codemirror/mode/yaml/yaml.js"
};
static const unsigned char editor_3[] = {
#embed "/usr/share/javascript/codemirror/mode/javascript/javascript.js"
};
static const unsigned char editor_4[] = {
#embed "/usr/share/javascript/codemirror/addon/mode/simple.js"
};
static const unsigned char editor_5[] = {
#embed "/usr/share/javascript/codemirror/addon/mode/overlay.js"
};
static const unsigned char editor_6[] = {
#embed "/usr/share/javascript/codemirror/addon/comment/comment.js"
};
static const unsigned char editor_7[] = {
#embed "/usr/share/javascript/codemirror/addon/dialog/dialog.js"
};
static const unsigned char editor_8[] = {
#embed "/usr/share/javascript/codemirror/addon/dialog/dialog.css"
};
static const unsigned char editor_9[] = {
#embed "/usr/share/javascript/codemirror/addon/display/placeholder.js"
};
static const unsigned char editor_10[] = {
#embed "/usr/share/javascript/codemirror/addon/display/rulers.js"
};
static const unsigned char editor_11[] = {
#embed "/usr/share/javascript/codemirror/addon/edit/matchbrackets.js"
};
static const unsigned char editor_12[] = {
#embed "/usr/share/javascript/codemirror/addon/edit/closebrackets.js"
};
static const unsigned char editor_13[] = {
#embed "/usr/share/javascript/codemirror/addon/fold/foldcode.js"
};
static const unsigned char editor_14[] = {
#embed "/usr/share/javascript/codemirror/addon/fold/foldgutter.js"
};
static const unsigned char editor_15[] = {
#embed "/usr/share/javascript/codemirror/addon/fold/foldgutter.css"
};
static const unsigned char editor_16[] = {
#embed "/usr/share/javascript/codemirror/addon/fold/brace-fold.js"
};
static const unsigned char editor_17[] = {
#embed "/usr/share/javascript/codemirror/addon/fold/indent-fold.js"
};
static const unsigned char editor_18[] = {
#embed "/usr/share/javascript/codemirror/addon/fold/comment-fold.js"
};
static const unsigned char editor_19[] = {
#embed "/usr/share/javascript/codemirror/addon/hint/show-hint.js"
};
static const unsigned char editor_20[] = {
#embed "/usr/share/javascript/codemirror/addon/hint/show-hint.css"
};
static const unsigned char editor_21[] = {
#embed "/usr/share/javascript/codemirror/addon/lint/lint.js"
};
static const unsigned char editor_22[] = {
#embed "/usr/share/javascript/codemirror/addon/lint/lint.css"
};
static const unsigned char editor_23[] = {
#embed "/usr/share/javascript/codemirror/addon/scroll/annotatescrollbar.js"
};
static const unsigned char editor_24[] = {
#embed "/usr/share/javascript/codemirror/addon/search/search.js"
};
static const unsigned char editor_25[] = {
#embed "/usr/share/javascript/codemirror/addon/search/searchcursor.js"
};
static const unsigned char editor_26[] = {
#embed "/usr/share/javascript/codemirror/addon/search/jump-to-line.js"
};
static const unsigned char editor_27[] = {
#embed "/usr/share/javascript/codemirror/addon/search/matchesonscrollbar.js"
};
static const unsigned char editor_28[] = {
#embed "/usr/share/javascript/codemirror/addon/search/matchesonscrollbar.css"
};
static const unsigned char editor_29[] = {
#embed "/usr/share/javascript/codemirror/addon/search/match-highlighter.js"
};
static const unsigned char editor_30[] = {
#embed "/usr/share/javascript/codemirror/addon/selection/active-line.js"
};
static const unsigned char editor_31[] = {
#embed "/usr/share/javascript/codemirror/addon/selection/mark-selection.js"
};
#endif

static const struct lintel_asset assets[] = {
    {"playground.openapi.yaml", file_0, sizeof file_0},
    {"content/help/fields.txt", file_1, sizeof file_1},
    {"content/samples/cronjob.yaml", file_2, sizeof file_2},
    {"content/samples/deployment.yaml", file_3, sizeof file_3},
    {"content/samples/hardened.yaml", file_4, sizeof file_4},
    {"content/samples/network-policy.yaml", file_5, sizeof file_5},
    {"content/samples/rbac.yaml", file_6, sizeof file_6},
    {"content/samples/review.json", file_7, sizeof file_7},
    {"content/samples/service-ingress.yaml", file_8, sizeof file_8},
    {"content/templates/admission/about.yaml", file_9, sizeof file_9},
    {"content/templates/admission/inputs/review.json", file_10, sizeof file_10},
    {"content/templates/admission/policies/admission.rego", file_11, sizeof file_11},
    {"content/templates/chart/about.yaml", file_12, sizeof file_12},
    {"content/templates/chart/policies/workload.rego", file_13, sizeof file_13},
    {"content/templates/chart/sources/shop/Chart.yaml", file_14, sizeof file_14},
    {"content/templates/chart/sources/shop/templates/_helpers.tpl", file_15, sizeof file_15},
    {"content/templates/chart/sources/shop/templates/deployment.yaml", file_16, sizeof file_16},
    {"content/templates/chart/sources/shop/templates/service.yaml", file_17, sizeof file_17},
    {"content/templates/chart/sources/shop/values-prod.yaml", file_18, sizeof file_18},
    {"content/templates/chart/sources/shop/values.yaml", file_19, sizeof file_19},
    {"content/templates/conftest/about.yaml", file_20, sizeof file_20},
    {"content/templates/conftest/inputs/web.yaml", file_21, sizeof file_21},
    {"content/templates/conftest/policies/policy.rego", file_22, sizeof file_22},
    {"content/templates/constraint/about.yaml", file_23, sizeof file_23},
    {"content/templates/constraint/inputs/namespaces.yaml", file_24, sizeof file_24},
    {"content/templates/constraint/policies/constraint.yaml", file_25, sizeof file_25},
    {"content/templates/constraint/policies/template.yaml", file_26, sizeof file_26},
    {"content/templates/cross/about.yaml", file_27, sizeof file_27},
    {"content/templates/cross/inputs/shop.yaml", file_28, sizeof file_28},
    {"content/templates/cross/policies/selector.rego", file_29, sizeof file_29},
    {"content/templates/deny/about.yaml", file_30, sizeof file_30},
    {"content/templates/deny/inputs/deployment.yaml", file_31, sizeof file_31},
    {"content/templates/deny/policies/main.rego", file_32, sizeof file_32},
    {"content/templates/deny/tests/main_test.rego", file_33, sizeof file_33},
    {"content/templates/exceptions/about.yaml", file_34, sizeof file_34},
    {"content/templates/exceptions/inputs/pods.yaml", file_35, sizeof file_35},
    {"content/templates/exceptions/lintel.yaml", file_36, sizeof file_36},
    {"content/templates/exceptions/policies/images.rego", file_37, sizeof file_37},
    {"content/templates/gatekeeper/about.yaml", file_38, sizeof file_38},
    {"content/templates/gatekeeper/inputs/namespace.yaml", file_39, sizeof file_39},
    {"content/templates/gatekeeper/parameters.yaml", file_40, sizeof file_40},
    {"content/templates/gatekeeper/policies/required_labels.rego", file_41, sizeof file_41},
    {"content/templates/library/about.yaml", file_42, sizeof file_42},
    {"content/templates/library/inputs/cronjob.yaml", file_43, sizeof file_43},
    {"content/templates/library/inputs/deployment.yaml", file_44, sizeof file_44},
    {"content/templates/library/policies/team.rego", file_45, sizeof file_45},
    {"content/templates/overlays/about.yaml", file_46, sizeof file_46},
    {"content/templates/overlays/policies/workload.rego", file_47, sizeof file_47},
    {"content/templates/overlays/sources/base/deployment.yaml", file_48, sizeof file_48},
    {"content/templates/overlays/sources/base/kustomization.yaml", file_49, sizeof file_49},
    {"content/templates/overlays/sources/overlays/dev/kustomization.yaml", file_50, sizeof file_50},
    {"content/templates/overlays/sources/overlays/prod/kustomization.yaml", file_51, sizeof file_51},
    {"content/templates/overlays/sources/overlays/prod/replicas.yaml", file_52, sizeof file_52},
    {"content/templates/tests/about.yaml", file_53, sizeof file_53},
    {"content/templates/tests/inputs/pod.yaml", file_54, sizeof file_54},
    {"content/templates/tests/policies/image.rego", file_55, sizeof file_55},
    {"content/templates/tests/tests/image_test.rego", file_56, sizeof file_56},
    {"content/templates/warn/about.yaml", file_57, sizeof file_57},
    {"content/templates/warn/data/allowed/data.yaml", file_58, sizeof file_58},
    {"content/templates/warn/inputs/deployment.yaml", file_59, sizeof file_59},
    {"content/templates/warn/policies/registries.rego", file_60, sizeof file_60},
    {"content/templates/warn/tests/registries_test.rego", file_61, sizeof file_61},
    {"content/tutorial/01-values.yaml", file_62, sizeof file_62},
    {"content/tutorial/02-undefined.yaml", file_63, sizeof file_63},
    {"content/tutorial/03-conditions.yaml", file_64, sizeof file_64},
    {"content/tutorial/04-deny.yaml", file_65, sizeof file_65},
    {"content/tutorial/05-some.yaml", file_66, sizeof file_66},
    {"content/tutorial/06-not.yaml", file_67, sizeof file_67},
    {"content/tutorial/07-functions.yaml", file_68, sizeof file_68},
    {"content/tutorial/08-sets.yaml", file_69, sizeof file_69},
    {"content/tutorial/09-every.yaml", file_70, sizeof file_70},
    {"content/tutorial/10-tests.yaml", file_71, sizeof file_71},
    {"web/css/base.css", file_72, sizeof file_72},
    {"web/css/dialogs.css", file_73, sizeof file_73},
    {"web/css/editor.css", file_74, sizeof file_74},
    {"web/css/layout.css", file_75, sizeof file_75},
    {"web/css/results.css", file_76, sizeof file_76},
    {"web/icon.svg", file_77, sizeof file_77},
    {"web/index.html", file_78, sizeof file_78},
    {"web/js/api.js", file_79, sizeof file_79},
    {"web/js/app.js", file_80, sizeof file_80},
    {"web/js/commands.js", file_81, sizeof file_81},
    {"web/js/dialog.js", file_82, sizeof file_82},
    {"web/js/dom.js", file_83, sizeof file_83},
    {"web/js/editor-codemirror.js", file_84, sizeof file_84},
    {"web/js/editor-plain.js", file_85, sizeof file_85},
    {"web/js/evaluator.js", file_86, sizeof file_86},
    {"web/js/files.js", file_87, sizeof file_87},
    {"web/js/group.js", file_88, sizeof file_88},
    {"web/js/help.js", file_89, sizeof file_89},
    {"web/js/keep.js", file_90, sizeof file_90},
    {"web/js/layout.js", file_91, sizeof file_91},
    {"web/js/main.js", file_92, sizeof file_92},
    {"web/js/notices.js", file_93, sizeof file_93},
    {"web/js/rego-mode.js", file_94, sizeof file_94},
    {"web/js/results.js", file_95, sizeof file_95},
    {"web/js/results/admission.js", file_96, sizeof file_96},
    {"web/js/results/coverage.js", file_97, sizeof file_97},
    {"web/js/results/fix.js", file_98, sizeof file_98},
    {"web/js/results/output.js", file_99, sizeof file_99},
    {"web/js/results/parts.js", file_100, sizeof file_100},
    {"web/js/results/problems.js", file_101, sizeof file_101},
    {"web/js/results/profile.js", file_102, sizeof file_102},
    {"web/js/results/rendered.js", file_103, sizeof file_103},
    {"web/js/results/tests.js", file_104, sizeof file_104},
    {"web/js/results/trace.js", file_105, sizeof file_105},
    {"web/js/results/values.js", file_106, sizeof file_106},
    {"web/js/results/violations.js", file_107, sizeof file_107},
    {"web/js/share.js", file_108, sizeof file_108},
    {"web/js/start.js", file_109, sizeof file_109},
    {"web/js/store.js", file_110, sizeof file_110},
    {"web/js/toolbar.js", file_111, sizeof file_111},
    {"web/js/tree.js", file_112, sizeof file_112},
    {"web/js/tutorial.js", file_113, sizeof file_113},
    {"web/js/uploads.js", file_114, sizeof file_114},
    {"web/js/workspace.js", file_115, sizeof file_115},
#if __has_embed("/usr/share/javascript/codemirror/lib/codemirror.js")
    {"codemirror/lib/codemirror.js", editor_0, sizeof editor_0},
    {"codemirror/lib/codemirror.css", editor_1, sizeof editor_1},
    {"codemirror/mode/yaml/yaml.js", editor_2, sizeof editor_2},
    {"codemirror/mode/javascript/javascript.js", editor_3, sizeof editor_3},
    {"codemirror/addon/mode/simple.js", editor_4, sizeof editor_4},
    {"codemirror/addon/mode/overlay.js", editor_5, sizeof editor_5},
    {"codemirror/addon/comment/comment.js", editor_6, sizeof editor_6},
    {"codemirror/addon/dialog/dialog.js", editor_7, sizeof editor_7},
    {"codemirror/addon/dialog/dialog.css", editor_8, sizeof editor_8},
    {"codemirror/addon/display/placeholder.js", editor_9, sizeof editor_9},
    {"codemirror/addon/display/rulers.js", editor_10, sizeof editor_10},
    {"codemirror/addon/edit/matchbrackets.js", editor_11, sizeof editor_11},
    {"codemirror/addon/edit/closebrackets.js", editor_12, sizeof editor_12},
    {"codemirror/addon/fold/foldcode.js", editor_13, sizeof editor_13},
    {"codemirror/addon/fold/foldgutter.js", editor_14, sizeof editor_14},
    {"codemirror/addon/fold/foldgutter.css", editor_15, sizeof editor_15},
    {"codemirror/addon/fold/brace-fold.js", editor_16, sizeof editor_16},
    {"codemirror/addon/fold/indent-fold.js", editor_17, sizeof editor_17},
    {"codemirror/addon/fold/comment-fold.js", editor_18, sizeof editor_18},
    {"codemirror/addon/hint/show-hint.js", editor_19, sizeof editor_19},
    {"codemirror/addon/hint/show-hint.css", editor_20, sizeof editor_20},
    {"codemirror/addon/lint/lint.js", editor_21, sizeof editor_21},
    {"codemirror/addon/lint/lint.css", editor_22, sizeof editor_22},
    {"codemirror/addon/scroll/annotatescrollbar.js", editor_23, sizeof editor_23},
    {"codemirror/addon/search/search.js", editor_24, sizeof editor_24},
    {"codemirror/addon/search/searchcursor.js", editor_25, sizeof editor_25},
    {"codemirror/addon/search/jump-to-line.js", editor_26, sizeof editor_26},
    {"codemirror/addon/search/matchesonscrollbar.js", editor_27, sizeof editor_27},
    {"codemirror/addon/search/matchesonscrollbar.css", editor_28, sizeof editor_28},
    {"codemirror/addon/search/match-highlighter.js", editor_29, sizeof editor_29},
    {"codemirror/addon/selection/active-line.js", editor_30, sizeof editor_30},
    {"codemirror/addon/selection/mark-selection.js", editor_31, sizeof editor_31},
#endif
};

const struct lintel_asset *lintel_playground_assets(void) { return assets; }

size_t lintel_playground_asset_count(void) { return sizeof assets / sizeof assets[0]; }
