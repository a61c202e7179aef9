package quintet.modelserver.port;

class ScriptedModelTest implements LanguageModelContract {
    @Override
    public LanguageModel model() {
        return new ScriptedModel(1024, 4, 128, 100, 1);
    }
}
