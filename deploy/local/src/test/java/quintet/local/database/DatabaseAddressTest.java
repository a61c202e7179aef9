package quintet.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatabaseAddressTest {
    @Test
    void turnsAnAddressIntoWhatTheDriverWants() {
        assertThat(DatabaseAddress.parse("postgresql://me:p%3Aw@db.example:5433/docs?sslmode=require"))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db.example:5433/docs?sslmode=require", "me", "p:w"));
        assertThat(DatabaseAddress.parse("postgres://db.example"))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db.example:5432/quintet", "quintet", ""));
    }

    @Test
    void refusesOtherAddressesWithoutRepeatingTheirPassword() {
        assertThatThrownBy(() -> DatabaseAddress.parse("mysql://u:secret@db.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void doesNotShowThePassword() {
        assertThat(DatabaseAddress.parse("postgresql://me:secret@db.example"))
                .asString()
                .doesNotContain("secret");
    }
}
